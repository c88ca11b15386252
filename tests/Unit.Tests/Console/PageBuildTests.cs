using System.Diagnostics;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Console;

/// <summary>src/Console/build.mjs, by which <c>dotnet build</c> builds the page: in a folder of its own, with a stand-in for npm that says how often it ran.</summary>
public sealed class PageBuildTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("murano-build-").FullName;

    public PageBuildTests()
    {
        Assert.SkipUnless(Node.IsThere, Node.Missing);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for npm is a shell script.");
        File.Copy(Repository.PathOf("src/Console/build.mjs"), PathOf("build.mjs"));
        File.WriteAllText(PathOf("source.ts"), "one");
        File.WriteAllText(PathOf("inputs.txt"), PathOf("source.ts") + "\n");
        Directory.CreateDirectory(PathOf("bin"));
        File.WriteAllText(PathOf("bin/npm"), """
            #!/bin/sh
            # run build -- --outDir <folder> --emptyOutDir --logLevel warn
            echo ran >> runs.txt
            [ "$(cat source.ts)" != broken ] || { echo "source.ts: error TS1005"; exit 2; }
            mkdir -p "$5/assets"
            cp source.ts "$5/assets/$(cat source.ts).js"
            cp source.ts "$5/index.html"
            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(PathOf("bin/npm"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private int Runs => File.Exists(PathOf("runs.txt")) ? File.ReadAllLines(PathOf("runs.txt")).Length : 0;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_builds_what_is_not_there_and_what_has_changed_and_nothing_else()
    {
        await BuildAsync();
        await BuildAsync();
        Assert.Equal((1, "one"), (Runs, File.ReadAllText(PathOf("dist/index.html"))));

        Change("two");
        await BuildAsync();
        await BuildAsync();
        Assert.Equal((2, "two"), (Runs, File.ReadAllText(PathOf("dist/index.html"))));
        Assert.Equal(["two.js"], Directory.EnumerateFiles(PathOf("dist/assets")).Select(Path.GetFileName), StringComparer.Ordinal);
        Assert.Equal(["bin", "dist"], Directory.EnumerateDirectories(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Builds_side_by_side_take_turns_and_build_once()
    {
        var builds = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAsync()));

        Assert.All(builds, build => Assert.True(build.ExitCode == 0, build.Output + build.Errors));
        Assert.Equal((1, "one"), (Runs, File.ReadAllText(PathOf("dist/index.html"))));
        Assert.False(File.Exists(PathOf(".build-lock")));
    }

    [Fact]
    public async Task A_failure_is_told_as_the_tools_told_it_and_leaves_the_page_that_there_was()
    {
        await BuildAsync();
        Change("broken");

        var (code, output, _) = await RunAsync();

        Assert.Equal((1, "source.ts: error TS1005"), (code, output.Trim()));
        Assert.Equal("one", File.ReadAllText(PathOf("dist/index.html")));
        Change("three");
        await BuildAsync();
        Assert.Equal("three", File.ReadAllText(PathOf("dist/index.html")));
    }

    [Fact]
    public async Task A_turn_that_was_never_given_back_holds_nobody_up()
    {
        var (_, gone, _) = await ProgramRun.ToEndAsync(new ProcessStartInfo("node", ["-p", "process.pid"]), Deadline);
        await File.WriteAllTextAsync(PathOf(".build-lock"), gone.Trim(), TestContext.Current.CancellationToken);

        await BuildAsync();

        Assert.Equal(1, Runs);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    // A second later than the page, whatever the file system's clock counts.
    private void Change(string text)
    {
        File.WriteAllText(PathOf("source.ts"), text);
        File.SetLastWriteTimeUtc(PathOf("source.ts"), File.GetLastWriteTimeUtc(PathOf("dist/index.html")).AddSeconds(1));
        Age(PathOf("dist/index.html"), PathOf("source.ts"));
    }

    // The page counts as built when its build began: put both into the past, so that the next build is younger.
    private static void Age(params string[] files)
    {
        foreach (var file in files)
        {
            File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(-1));
        }
    }

    private async Task BuildAsync()
    {
        var (code, output, errors) = await RunAsync();
        Assert.True(code == 0, output + errors);
        Assert.Equal("", output);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync() => ProgramRun.ToEndAsync(
        new ProcessStartInfo("node", [PathOf("build.mjs"), PathOf("inputs.txt")])
        {
            WorkingDirectory = _folder,
            Environment = { ["PATH"] = PathOf("bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH") },
        },
        Deadline);
}
