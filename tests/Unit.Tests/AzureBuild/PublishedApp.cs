using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.AzureBuild;

/// <summary>
/// What <c>dotnet publish src/Functions</c> makes, with Microsoft's own worker packages: once for all tests, in a copy of the sources, so that the checkout's own build
/// stays as it is. The package of Web PubSub's client, which the feed of this project lacks, is made from the sources that stand in for it; packages lie in a folder of the run's own, so that it is
/// never taken for the real one.
/// </summary>
public sealed class PublishedApp : IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(12);

    // What the feed says when it has no such package, no such version, or is not to be reached.
    private static readonly string[] FeedErrors = ["error NU1101", "error NU1102", "error NU1103", "error NU1301"];

    // The owner's own CI has all packages; there a version that does not exist is no reason to skip.
    private static readonly bool MustPublish = Environment.GetEnvironmentVariable("GITHUB_ACTIONS") is not null;

    private readonly string _work = Directory.CreateTempSubdirectory("murano-publish-").FullName;
    private string? _skip;

    /// <summary>What the last command wrote: the publish, if it came to that.</summary>
    public string Output { get; private set; } = "";

    /// <summary>The published folder. Skips the test where it cannot be made here, and says why.</summary>
    public string Folder
    {
        get
        {
            Assert.SkipWhen(_skip is not null, _skip ?? "");
            return Path.Combine(_work, "out");
        }
    }

    private string Sources => Path.Combine(_work, "sources");

    private string Feed => Path.Combine(_work, "feed");

    private Dictionary<string, string> Variables => new(StringComparer.Ordinal)
    {
        ["NUGET_PACKAGES"] = Path.Combine(_work, "packages"),
        ["RestoreFallbackFolders"] = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        ["RestoreAdditionalProjectSources"] = Feed,
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        CopySources();
        if (!await RunAsync("pack", Path.Combine(_work, "stand-in"), "--output", Feed) || !await RunAsync("publish", "src/Functions", "-m:1", "--configuration", "Release", "--output", Path.Combine(_work, "out")))
        {
            return;
        }

        Assert.True(Directory.Exists(Path.Combine(_work, "out")), Output);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Directory.Delete(_work, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<bool> RunAsync(params string[] arguments)
    {
        var (code, output, errors) = await DotnetCommand.RunAsync(Sources, Deadline, Variables, arguments);
        Output = output + errors;
        if (code != 0 && !MustPublish && FeedErrors.Any(error => output.Contains(error, StringComparison.Ordinal)))
        {
            _skip = "The package feed of this machine lacks what the Azure build needs: " + string.Join("; ", output.Split('\n').Where(line => FeedErrors.Any(error => line.Contains(error, StringComparison.Ordinal))).Distinct(StringComparer.Ordinal));
            return false;
        }

        Assert.True(code == 0, Output);
        return true;
    }

    private void CopySources()
    {
        foreach (var file in (string[])["Directory.Build.props", "Directory.Packages.props", "BannedSymbols.txt", ".editorconfig", "global.json", "host.json", "package.json", "package-lock.json"])
        {
            Copy(Repository.PathOf(file), Path.Combine(Sources, file));
        }

        foreach (var file in ((string[])["src/Shared", "src/Functions", "src/Console"]).SelectMany(folder => Repository.Files(folder, "*")))
        {
            Copy(file, Path.Combine(Sources, Repository.NameOf(file)));
        }

        // The page that the checkout's build has made of the same sources: making it again would take most of the time. A build takes it only if it is of these sources.
        var page = Repository.PathOf("src/Console/dist");
        foreach (var file in Directory.Exists(page) ? Directory.EnumerateFiles(page, "*", SearchOption.AllDirectories) : [])
        {
            Copy(file, Path.Combine(Sources, "src", "Console", "dist", Path.GetRelativePath(page, file)));
        }

        Directory.CreateSymbolicLink(Path.Combine(Sources, "node_modules"), Repository.PathOf("node_modules"));
        foreach (var file in Repository.Files("src/LocalHost/WebPubSub/Client", "*.cs").Append(Repository.PathOf("src/LocalHost/WebPubSub/HubToken.cs")))
        {
            Copy(file, Path.Combine(_work, "stand-in", Path.GetFileName(file)));
        }

        Copy(Repository.PathOf("Directory.Packages.props"), Path.Combine(_work, "stand-in", "Directory.Packages.props"));
        File.WriteAllText(Path.Combine(_work, "stand-in", "Azure.Messaging.WebPubSub.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Version>{VersionOf("Azure.Messaging.WebPubSub")}</Version>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Azure.Core" />
                <PackageReference Include="Microsoft.IdentityModel.JsonWebTokens" />
              </ItemGroup>
            </Project>
            """);
        Directory.CreateDirectory(Feed);
    }

    private static string VersionOf(string package) =>
        System.Xml.Linq.XDocument.Load(Repository.PathOf("Directory.Packages.props")).Descendants("PackageVersion").Single(item => string.Equals(item.Attribute("Include")!.Value, package, StringComparison.Ordinal)).Attribute("Version")!.Value;

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        File.Copy(from, to);
    }
}
