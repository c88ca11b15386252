using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ConsolePage;

/// <summary>Whether each test of the folder e2e is one of <see cref="ConsoleTests"/>. It runs early, and lets the browser begin, which then has the time of most others.</summary>
[Collection(nameof(ConsoleNamesTests))]
public sealed class ConsoleNamesTests(ConsoleRun run, AzuriteFixture azurite)
{
    [Fact]
    public async Task The_names_are_those_of_the_runner()
    {
        Assert.SkipWhen(run.Lacking is not null, run.Lacking ?? "");
        run.Begin(azurite);
        List<string> listed = [];
        List<string> errors = [];

        Assert.Equal(0, await ConsoleScripts.RunAsync("run.mjs", null, ["--list"], listed.Add, errors.Add, TestContext.Current.CancellationToken));
        Assert.Empty(errors);
        Assert.Equal(ConsoleScripts.Names().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
        Assert.Equal(listed.Count, listed.Distinct(StringComparer.Ordinal).Count());
    }
}
