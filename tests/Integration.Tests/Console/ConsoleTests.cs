namespace Murano.Integration.Tests.ConsolePage;

/// <summary>The page in Chromium, at the real app: each test of the folder e2e is one here. What they measured stands in their output.</summary>
[Collection(nameof(ConsoleTests))]
public sealed class ConsoleTests(ConsoleRun run) : IClassFixture<ConsoleRun>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. ConsoleScripts.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task In_the_browser(string name)
    {
        SkipWhereNothingRuns();
        var result = await run.ResultAsync(name);
        foreach (var note in result.Notes ?? [])
        {
            TestContext.Current.TestOutputHelper?.WriteLine(note);
            TestContext.Current.SendDiagnosticMessage($"{name}: {note}");
        }

        Assert.SkipWhen(result.Skipped is not null, result.Skipped ?? "");
        Assert.True(result.Ok, result.Error);
    }

    [Fact]
    public async Task The_names_are_those_of_the_runner()
    {
        SkipWhereNothingRuns();
        List<string> listed = [];
        List<string> errors = [];

        Assert.Equal(0, await ConsoleScripts.RunAsync("run.mjs", null, ["--list"], listed.Add, errors.Add, Token));
        Assert.Empty(errors);
        Assert.Equal(ConsoleScripts.Names().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal(listed.Count, listed.Distinct(StringComparer.Ordinal).Count());
    }

    private void SkipWhereNothingRuns()
    {
        if (run.Lacking is { } lacking)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, ".ci/run installs Chromium.");
            Assert.Skip(lacking);
        }
    }
}
