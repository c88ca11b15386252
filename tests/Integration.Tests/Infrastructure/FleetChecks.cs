using Murano.Shared.Storage.Checks;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>The check of what is derived, run to its end.</summary>
internal static class FleetChecks
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>What is found, as <c>kind count</c>, of the fleet's connector and of none.</summary>
    public static async Task<string> CheckAsync(this Fleet fleet, bool mend = false)
    {
        var checker = fleet.Scale().Get<ConsistencyChecker>();
        SortedDictionary<CheckKind, int> found = [];
        string? cursor = null;
        do
        {
            var report = await checker.CheckAsync(fleet.Connector, cursor, mend, Token).Ok();
            Add(report);
            cursor = report.Next;
        }
        while (cursor is not null);

        var rest = await checker.CheckConnectorsAsync(mend, Token);
        Assert.Null(rest.Next);
        Add(rest);
        return string.Join(", ", found.Select(entry => $"{entry.Key} {entry.Value}"));

        void Add(CheckReport report)
        {
            foreach (var (kind, (count, examples)) in report.Found)
            {
                Assert.Equal(Math.Min(count, CheckReport.MostExamples), examples.Count);
                found[kind] = found.GetValueOrDefault(kind) + count;
            }
        }
    }

    /// <summary>Nothing is wrong.</summary>
    public static async Task AssertConsistentAsync(this Fleet fleet) => Assert.Equal("", await fleet.CheckAsync());
}
