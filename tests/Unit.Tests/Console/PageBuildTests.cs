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
            # ci …, or: run build -- --outDir <folder> --emptyOutDir --logLevel warn
            if [ "$1" = ci ]; then mkdir -p node_modules; echo ran >> installs.txt; echo > node_modules/.package-lock.json; exit 0; fi
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

    private int Runs => LinesOf("runs.txt");

    private int Installs => LinesOf("installs.txt");

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
        Assert.Equal(["bin", "copy", "dist"], Directory.EnumerateDirectories(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal([".inputs", "assets/two.js", "index.html"], FilesOf("copy"), StringComparer.Ordinal);
        Assert.Equal("two", File.ReadAllText(PathOf("copy/index.html")));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_a_change_and_one_that_was_only_touched_is_none()
    {
        File.WriteAllText(PathOf("other.ts"), "other");
        File.AppendAllText(PathOf("inputs.txt"), PathOf("other.ts") + "\n");
        await BuildAsync();
        File.SetLastWriteTimeUtc(PathOf("other.ts"), File.GetLastWriteTimeUtc(PathOf("other.ts")).AddHours(1));
        await BuildAsync();
        Assert.Equal(1, Runs);

        File.Delete(PathOf("other.ts"));
        File.WriteAllText(PathOf("inputs.txt"), PathOf("source.ts") + "\n");
        await BuildAsync();
        await BuildAsync();
        Assert.Equal(2, Runs);
    }

    [Fact]
    public async Task Each_flavour_has_a_copy_that_is_whole_whatever_others_build_meanwhile()
    {
        await BuildAsync("one-flavour");
        Change("two");
        var builds = await Task.WhenAll(((string[])["one-flavour", "another", "third"]).Select(copy => RunAsync(copy)));

        Assert.All(builds, build => Assert.True(build.ExitCode == 0, build.Output + build.Errors));
        Assert.Equal(2, Runs);
        Assert.All((string[])["one-flavour", "another", "third"], copy => Assert.Equal([".inputs", "assets/two.js", "index.html"], FilesOf(copy), StringComparer.Ordinal));
        Directory.Delete(PathOf("another"), recursive: true); // as cleaning one flavour does
        await BuildAsync("another");
        Assert.Equal((2, 3), (Runs, FilesOf("another").Count()));
    }

    [Fact]
    public async Task Packages_are_installed_in_the_same_turn_and_once()
    {
        File.WriteAllText(PathOf("package-lock.json"), "{}");
        var builds = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => RunAsync($"copy{i}")));

        Assert.All(builds, build => Assert.True(build.ExitCode == 0, build.Output + build.Errors));
        Assert.Equal((1, 1), (Installs, Runs));
        File.SetLastWriteTimeUtc(PathOf("package-lock.json"), File.GetLastWriteTimeUtc(PathOf("node_modules/.package-lock.json")).AddSeconds(1));
        await BuildAsync();
        Assert.Equal((2, 1), (Installs, Runs));
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

        // All find it at once; one of them may clear it, and never the turn of another.
        var builds = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => RunAsync()));

        Assert.All(builds, build => Assert.True(build.ExitCode == 0, build.Output + build.Errors));
        Assert.Equal(1, Runs);
        Assert.DoesNotContain(Directory.EnumerateFiles(_folder).Select(Path.GetFileName), name => name!.StartsWith(".build-lock", StringComparison.Ordinal));
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private int LinesOf(string name) => File.Exists(PathOf(name)) ? File.ReadAllLines(PathOf(name)).Length : 0;

    private IEnumerable<string> FilesOf(string folder) =>
        Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(PathOf(folder), file)).Order(StringComparer.Ordinal);

    private void Change(string text) => File.WriteAllText(PathOf("source.ts"), text);

    private async Task BuildAsync(string copy = "copy")
    {
        var (code, output, errors) = await RunAsync(copy);
        Assert.True(code == 0, output + errors);
        Assert.Equal("", output);
    }

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(string copy = "copy") => ProgramRun.ToEndAsync(
        new ProcessStartInfo("node", [PathOf("build.mjs"), PathOf("inputs.txt"), PathOf(copy), _folder])
        {
            WorkingDirectory = _folder,
            Environment = { ["PATH"] = PathOf("bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH") },
        },
        Deadline);
}
