using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Murano.Bench;
using Murano.Functions.Timers;
using Murano.Shared.Polls;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>docs/costs.md is made from the model; set MURANO_WRITE_DOCS=1 to write its tables anew.</summary>
public sealed partial class CostDocumentTests
{
    private const string File = "docs/costs.md";

    [Fact, Spec("azure.2.3/1")]
    public void Every_table_is_the_model_s() => Repository.Expect(File, Block().Replace(
        Repository.Read(File),
        match => $"<!-- cost: {match.Groups["name"].Value} -->\n\n{Table(match.Groups["name"].Value).Markdown}\n<!-- end -->"));

    [Fact]
    public void Every_table_is_shown_once()
    {
        var shown = Block().Matches(Repository.Read(File)).Select(match => match.Groups["name"].Value);

        Assert.Equal(CostTables.All.Select(table => table.Name), shown, StringComparer.Ordinal);
    }

    [Fact]
    public void No_sum_stands_outside_the_tables() => Assert.DoesNotContain("$", Code().Replace(Block().Replace(Repository.Read(File), ""), ""), StringComparison.Ordinal);

    [Fact]
    public void What_is_free_is_written_as_it_is_computed()
    {
        var document = Repository.Read(File);

        Assert.All(
            (decimal[])[CostPrices.FreeGbSeconds, CostPrices.FreeExecutions, CostPrices.FreeMessages, CostPrices.UnitMessages],
            number => Assert.Contains(number.ToString("N0", CultureInfo.InvariantCulture), document, StringComparison.Ordinal));
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"{CostPrices.FreeEgress} GB of traffic, {CostPrices.FreeLog} GB of logs"), document, StringComparison.Ordinal);
    }

    [Fact]
    public void The_figures_are_the_product_s()
    {
        var (polls, schema) = (new LongPollOptions(), Repository.Read("docs/storage-schema.md"));

        Assert.Equal(CostFigures.PollWait, (decimal)polls.MaxWait.TotalSeconds);
        Assert.Equal(CostFigures.PollLook, (decimal)polls.LookAgain.TotalSeconds);
        Assert.Equal(CostFigures.PollsPerInstance, polls.MaxPolls);
        Assert.Equal("0 */5 * * * *", SweeperSchedule());
        Assert.Equal(CostFigures.SweeperInterval, 5 * 60);
        Assert.Contains($"\n| sweeper with nothing due | {CostFigures.SweeperRequests}: ", schema, StringComparison.Ordinal);
        Assert.Contains($"\n| write | {CostFigures.Requests}: transaction | 2: ", schema, StringComparison.Ordinal);
        Assert.Contains($"\n| write or record, with `data_in` delivered | {CostFigures.EventRequests}: ", schema, StringComparison.Ordinal);
        Assert.Contains("once in five minutes for each device and instance 1: `todo`, and for the sweeper 2: head, `todo` |", schema, StringComparison.Ordinal);
    }

    [Fact]
    public void The_alert_rules_are_those_of_the_infrastructure()
    {
        const string Alerts = "infra/app/alerts.bicep";
        Assert.SkipUnless(System.IO.File.Exists(Repository.PathOf(Alerts)), $"{Alerts} is not there.");
        var bicep = Repository.Read(Alerts);

        Assert.Equal(CostFigures.LogAlerts, LogRule().Count(bicep));
        Assert.Equal(CostFigures.MetricSeries, MetricValues().Match(bicep).Groups[1].Captures.Count);
    }

    private static string SweeperSchedule() =>
        typeof(SweepFunctions).GetMethod(nameof(SweepFunctions.SweepAsync))!.GetParameters()[0].GetCustomAttribute<TimerTriggerAttribute>()!.Schedule;

    private static CostTable Table(string name) => CostTables.All.Single(table => string.Equals(table.Name, name, StringComparison.Ordinal));

    [GeneratedRegex("<!-- cost: (?<name>[a-z-]+) -->.*?<!-- end -->", RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex("^```.*?^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("^    name: '[a-z-]+'\\n    severity: ", RegexOptions.Multiline)]
    private static partial Regex LogRule();

    [GeneratedRegex("values: \\[\\s+(?:('[A-Za-z]+')\\s+)+\\]")]
    private static partial Regex MetricValues();
}
