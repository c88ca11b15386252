using System.Text.Json.Nodes;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>What the app runs on: runtime, size, and how many requests and polls an instance has.</summary>
[Collection(InfraTests.Name)]
public sealed class ScalingTests(InfraFixture infra)
{
    [Theory]
    [InlineData(InfraCases.Default, 800, 1000)]
    [InlineData(InfraCases.Everything, 500, 625)]
    [InlineData(InfraCases.Least, 1, 2)]
    [InlineData(InfraCases.Odd, 3, 4)]
    public void Polls_are_at_most_four_fifths_of_the_requests_that_an_instance_takes(string name, int polls, int requests)
    {
        Assert.Equal($"{polls}", infra.Deployments[name].Settings["LongPoll__MaxPolls"]);
        Assert.Equal(requests, (int)Scale(name)["triggers"]!["http"]!["perInstanceConcurrency"]!);
        Assert.True(polls * 5 <= requests * 4);
        Assert.True(polls * 5 > (requests - 1) * 4);
        Assert.InRange(requests, 1, 1000);
    }

    [Fact]
    public void No_more_polls_can_be_chosen_than_the_platform_has_requests_for()
    {
        var polls = infra.Main.Parameters.Single(parameter => parameter.Name is "pollsPerInstance").Value;

        Assert.Equal((1, 800), (polls.GetProperty("minValue").GetInt32(), polls.GetProperty("maxValue").GetInt32()));
    }

    [Theory]
    [InlineData(InfraCases.Default, "[]")]
    [InlineData(InfraCases.Everything, """[{"name":"http","instanceCount":2}]""")]
    [InlineData(InfraCases.Odd, """[{"name":"http","instanceCount":7}]""")]
    public void Instances_that_wait_are_none_or_at_least_two(string name, string expected) => Assert.Equal(expected, Scale(name)["alwaysReady"]!.ToJsonString());

    [Theory]
    [InlineData(InfraCases.Default, 2048, 10)]
    [InlineData(InfraCases.Everything, 512, 1000)]
    [InlineData(InfraCases.Least, 2048, 1)]
    [InlineData(InfraCases.Odd, 4096, 10)]
    public void Memory_and_number_of_instances_are_those_that_were_chosen(string name, int memory, int instances)
    {
        Assert.Equal(memory, (int)Scale(name)["instanceMemoryMB"]!);
        Assert.Equal(instances, (int)Scale(name)["maximumInstanceCount"]!);
    }

    [Fact]
    public void It_runs_net_10_in_a_worker_of_its_own_on_flex_consumption()
    {
        var plan = infra.Default.Of("Microsoft.Web/serverfarms").Single();

        Assert.Equal("""{"name":"dotnet-isolated","version":"10.0"}""", SecurityRules.At(infra.Default.App, "properties.functionAppConfig.runtime")!.ToJsonString());
        Assert.Equal("""{"name":"FC1","tier":"FlexConsumption"}""", plan["sku"]!.ToJsonString());
        Assert.True((bool)plan["properties"]!["reserved"]!);
        Assert.False((bool)plan["properties"]!["zoneRedundant"]!);
        Assert.True((bool)infra.Everything.Of("Microsoft.Web/serverfarms").Single()["properties"]!["zoneRedundant"]!);
        Assert.Equal((string?)plan["id"], (string?)infra.Default.App["properties"]!["serverFarmId"]);
        Assert.Equal("functionapp,linux", (string?)infra.Default.App["kind"]);
    }

    private JsonNode Scale(string name) => SecurityRules.At(infra.Deployments[name].App, "properties.functionAppConfig.scaleAndConcurrency")!;
}
