using System.Text.Json;

using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.AzureBuild;

/// <summary>FunctionsHost changes what src/Functions references, and nothing else about it (docs/adr/0001-two-hosts.md).</summary>
public sealed class BuildFlavourTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    private static readonly string[] ReferenceItems = ["PackageReference", "ProjectReference", "FrameworkReference"];
    private static readonly string[] SourceItems = ["Compile", "None", "EmbeddedResource"];

    private static readonly string[] Both =
    [
        "FrameworkReference Microsoft.AspNetCore.App",
        "FrameworkReference Microsoft.NETCore.App",
        "PackageReference Azure.Monitor.OpenTelemetry.Exporter",
        "PackageReference Meziantou.Analyzer",
        "PackageReference Microsoft.CodeAnalysis.BannedApiAnalyzers",
        "PackageReference Microsoft.OpenApi",
        "PackageReference OpenTelemetry.Exporter.OpenTelemetryProtocol",
        "PackageReference OpenTelemetry.Extensions.Hosting",
        "ProjectReference ../Shared/Shared.csproj",
    ];

    [Fact]
    public async Task Local_references_the_local_host() =>
        Assert.Equal([.. Both, "ProjectReference ../LocalHost/LocalHost.csproj"], (await EvaluateAsync("Local")).References, Unordered);

    [Fact, Spec("azure.7.3/1")]
    public async Task Azure_references_the_platforms_packages() => Assert.Equal(
        [
            .. Both,
            "PackageReference Azure.Messaging.WebPubSub",
            "PackageReference Microsoft.Azure.Functions.Worker",
            "PackageReference Microsoft.Azure.Functions.Worker.Extensions.Http",
            "PackageReference Microsoft.Azure.Functions.Worker.Extensions.Http.AspNetCore",
            "PackageReference Microsoft.Azure.Functions.Worker.Extensions.Timer",
            "PackageReference Microsoft.Azure.Functions.Worker.Sdk",
        ],
        (await EvaluateAsync("Azure")).References,
        Unordered);

    [Fact]
    public async Task Both_compile_the_same_code_in_the_same_way()
    {
        var (local, azure) = (await EvaluateAsync("Local"), await EvaluateAsync("Azure"));

        Assert.NotEmpty(local.Sources);
        Assert.Equal(local.Sources, azure.Sources);
        Assert.Equal(local.Properties, azure.Properties);
    }

    private static bool Unordered(IEnumerable<string> expected, IEnumerable<string> actual) =>
        expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static async Task<(List<string> References, List<string> Sources, string Properties)> EvaluateAsync(string host)
    {
        using var document = JsonDocument.Parse(await RunAsync(
            "msbuild",
            Repository.PathOf("src/Functions/Functions.csproj"),
            $"-getItem:{string.Join(',', ReferenceItems)},{string.Join(',', SourceItems)}",
            "-getProperty:TargetFramework,DefineConstants,RootNamespace,AssemblyName,OutputType,LangVersion,Nullable",
            $"-p:FunctionsHost={host}"));
        var items = document.RootElement.GetProperty("Items");
        return (
            [.. ReferenceItems.SelectMany(kind => Names(items, kind).Select(name => $"{kind} {name.Replace('\\', '/')}")).Distinct(StringComparer.Ordinal)],
            [.. SourceItems.SelectMany(kind => Names(items, kind).Select(name => $"{kind} {name}"))],
            document.RootElement.GetProperty("Properties").GetRawText());
    }

    private static IEnumerable<string> Names(JsonElement items, string kind) => items.GetProperty(kind).EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!);

    private static async Task<string> RunAsync(params string[] arguments)
    {
        var (code, output, errors) = await DotnetCommand.RunAsync(Repository.PathOf(""), Deadline, new Dictionary<string, string>(StringComparer.Ordinal), arguments);
        Assert.True(code == 0, errors + output);
        return output;
    }
}
