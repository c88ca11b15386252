using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>Alert rules look at metrics that there are, and tell the people that were named.</summary>
[Collection(InfraTests.Name)]
public sealed partial class AlertTests(InfraFixture infra)
{
    private const string LogAlert = "Microsoft.Insights/scheduledQueryRules";
    private const string MetricAlert = "Microsoft.Insights/metricAlerts";
    private const string People = "Microsoft.Insights/actionGroups";

    // The instruments of the app's meter, with the tags that queries may ask for.
    private static readonly Dictionary<string, string[]> Instruments = new(StringComparer.Ordinal)
    {
        ["murano.requests"] = ["operation", "status"],
        ["murano.logons.failed"] = ["api"],
        ["murano.events.dead_letters"] = [],
    };

    // Of the table AppMetrics, as far as queries need them.
    private static readonly string[] Columns = ["Name", "Sum", "Properties"];

    [Fact]
    public void The_instruments_are_the_apps()
    {
        using var probe = new MetricProbe();
        _ = probe.NewMetrics();

        Assert.Empty(Instruments.Keys.Except(probe.Instruments.Select(one => one.Name), StringComparer.Ordinal));
    }

    [Fact]
    public void There_is_one_for_each_thing_that_somebody_should_hear_of() => Assert.Equal(
        ["murano-test-dead-letters", "murano-test-failed-logons", "murano-test-failed-requests", "murano-test-storage-throttling"],
        infra.Default.NamesOf(LogAlert).Concat(infra.Default.NamesOf(MetricAlert)),
        StringComparer.Ordinal);

    [Fact]
    public void Each_query_asks_for_a_metric_of_the_app_and_tags_that_it_has()
    {
        foreach (var query in Queries())
        {
            var instrument = Assert.Single(Instrument().Matches(query)).Groups[1].Value;

            Assert.True(Instruments.ContainsKey(instrument), instrument);
            Assert.Empty(Tag().Matches(query).Select(match => match.Groups[1].Value).Except(Instruments[instrument], StringComparer.Ordinal));
        }
    }

    [Fact]
    public void Each_query_names_columns_that_there_are_and_ends_in_the_one_that_is_measured() => Assert.All(Queries(), query =>
    {
        var made = Assignment().Matches(query).Select(match => match.Groups[1].Value).ToList();

        Assert.StartsWith("AppMetrics\n| where Name == ", query, StringComparison.Ordinal);
        Assert.Empty(Column().Matches(query).Select(match => match.Value).Except(["AppMetrics"], StringComparer.Ordinal).Except(Columns, StringComparer.Ordinal).Except(made, StringComparer.Ordinal));
        Assert.Equal("Value", made[^1]);
    });

    [Fact]
    public void The_thresholds_are_those_that_were_chosen()
    {
        Assert.Equal(["dead-letters 0", "failed-logons 200", "failed-requests 5"], Thresholds(infra.Default), StringComparer.Ordinal);
        Assert.Equal(["dead-letters 0", "failed-logons 1000", "failed-requests 1"], Thresholds(infra.Everything), StringComparer.Ordinal);
        Assert.Equal(50, (int)Throttling(infra.Default)["threshold"]!);
        Assert.Equal(1, (int)Throttling(infra.Everything)["threshold"]!);
    }

    [Fact]
    public void They_look_at_this_installation_and_at_each_moment_twice()
    {
        foreach (var rule in infra.Default.Of(LogAlert).Concat(infra.Default.Of(MetricAlert)))
        {
            var scope = (string)rule["properties"]!["scopes"]!.AsArray().Single()!;
            var (every, window) = (Minutes(rule, "evaluationFrequency"), Minutes(rule, "windowSize"));

            Assert.Contains(infra.Default.Resources, resource => string.Equals((string?)resource["id"], scope, StringComparison.Ordinal));
            Assert.True(every * 2 <= window);
            Assert.True((bool)rule["properties"]!["enabled"]!);
        }
    }

    [Fact]
    public void Throttling_is_counted_by_the_account_itself()
    {
        var criterion = Throttling(infra.Default);

        Assert.Equal(("Transactions", "Microsoft.Storage/storageAccounts", "Total"), ((string)criterion["metricName"]!, (string)criterion["metricNamespace"]!, (string)criterion["timeAggregation"]!));
        Assert.Equal("ResponseType", (string)criterion["dimensions"]![0]!["name"]!);
        Assert.Equal(
            ["ClientAccountBandwidthThrottlingError", "ClientAccountRequestThrottlingError", "ClientThrottlingError", "ServerBusyError", "SuccessWithThrottling"],
            criterion["dimensions"]![0]!["values"]!.AsArray().Select(value => (string)value!),
            StringComparer.Ordinal);
    }

    [Fact]
    public void Those_who_were_named_get_mail_and_nobody_does_by_default()
    {
        var people = Assert.Single(infra.Everything.Of(People));

        Assert.Equal(["one@example.com", "two@example.com"], people["properties"]!["emailReceivers"]!.AsArray().Select(receiver => (string)receiver!["emailAddress"]!), StringComparer.Ordinal);
        Assert.All(infra.Everything.Of(LogAlert), rule => Assert.Equal((string?)people["id"], (string?)rule["properties"]!["actions"]!["actionGroups"]!.AsArray().Single()));
        Assert.All(infra.Everything.Of(MetricAlert), rule => Assert.Equal((string?)people["id"], (string?)rule["properties"]!["actions"]!.AsArray().Single()!["actionGroupId"]));
        Assert.Empty(infra.Default.Of(People));
        Assert.All(infra.Default.Of(LogAlert), rule => Assert.Empty(rule["properties"]!["actions"]!["actionGroups"]!.AsArray()));
        Assert.All(infra.Default.Of(MetricAlert), rule => Assert.Empty(rule["properties"]!["actions"]!.AsArray()));
    }

    [Fact]
    public void Whoever_wants_none_has_none() => Assert.DoesNotContain(infra.Deployments[InfraCases.Least].Resources, resource => (string?)resource["type"] is LogAlert or MetricAlert or People);

    [Theory]
    [InlineData(InfraCases.Default, 30, 1)]
    [InlineData(InfraCases.Everything, 90, 10)]
    public void Telemetry_is_kept_and_capped_as_was_chosen(string name, int days, int gigabytes)
    {
        var workspace = infra.Deployments[name].Of("Microsoft.OperationalInsights/workspaces").Single();

        Assert.Equal(days, (int)workspace["properties"]!["retentionInDays"]!);
        Assert.Equal(gigabytes, (int)workspace["properties"]!["workspaceCapping"]!["dailyQuotaGb"]!);
        Assert.Equal((string?)workspace["id"], (string?)infra.Deployments[name].Of("Microsoft.Insights/components").Single()["properties"]!["WorkspaceResourceId"]);
    }

    private List<string> Queries() => [.. infra.Default.Of(LogAlert).Select(rule => (string)Criterion(rule)["query"]!)];

    private static IEnumerable<string> Thresholds(InfraDeployment deployment) =>
        deployment.Of(LogAlert).Select(rule => $"{((string)rule["name"]!)["murano-test-".Length..]} {Criterion(rule)["threshold"]}").Order(StringComparer.Ordinal);

    private static JsonNode Throttling(InfraDeployment deployment) => Criterion(deployment.Of(MetricAlert).Single());

    private static JsonNode Criterion(JsonObject rule) => Assert.Single(rule["properties"]!["criteria"]!["allOf"]!.AsArray())!;

    private static double Minutes(JsonObject rule, string property) => System.Xml.XmlConvert.ToTimeSpan((string)rule["properties"]![property]!).TotalMinutes;

    [GeneratedRegex("Name == '([^']+)'")]
    private static partial Regex Instrument();

    [GeneratedRegex("Properties\\.([A-Za-z]+)")]
    private static partial Regex Tag();

    [GeneratedRegex("([A-Z][A-Za-z]+) = ")]
    private static partial Regex Assignment();

    [GeneratedRegex("\\b[A-Z][A-Za-z]+\\b")]
    private static partial Regex Column();
}
