using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ConsolePage;

/// <summary>The page in Chromium, at the real app: each test of the folder e2e is one here. What they measured stands in their output.</summary>
[Collection(nameof(ConsoleTests))]
public sealed class ConsoleTests(ConsoleRun run, AzuriteFixture azurite)
{
    public static TheoryData<string> Names() => [.. ConsoleScripts.Names()];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task In_the_browser(string name)
    {
        SkipWhereNothingRuns();
        run.BeginToMeasure(azurite);
        var result = await run.ResultAsync(name);
        foreach (var note in result.Notes ?? [])
        {
            TestContext.Current.TestOutputHelper?.WriteLine(note);
            TestContext.Current.SendDiagnosticMessage($"{name}: {note}");
        }

        Assert.SkipWhen(result.Skipped is not null, result.Skipped ?? "");
        Assert.True(result.Ok, result.Error);
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
