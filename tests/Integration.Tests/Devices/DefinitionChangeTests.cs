using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Devices;

/// <summary>Resources change while devices write; instances know of it up to ten seconds later.</summary>
public sealed class DefinitionChangeTests(AzuriteFixture azurite)
{
    private const string Settable = """{"led":{"format":"string","settable":true}}""";
    private const string DevicesOnly = """{"led":{"format":"string"}}""";
    private const string WithoutSync = """{"led":{"format":"string","settable":true,"sync":false}}""";

    [Theory]
    [InlineData(DevicesOnly)]
    [InlineData(WithoutSync)]
    public async Task A_command_outlives_the_report_of_an_instance_that_does_not_know_yet_that_the_cloud_may_set_it(string before)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        await Definitions.ReplaceAsync(fleet.One.Connectors, fleet.Connector, before);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await other.WriteAsync(token, ("led", "off")).Ok();
        await Definitions.ReplaceAsync(fleet.One.Connectors, fleet.Connector, Settable);
        await fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "on")).Ok();

        await other.WriteAsync(token, ("led", "off")).Ok();

        Assert.Equal("led=on", await fleet.One.ReadAsync(token, "led").Ok());
        await fleet.One.WriteAsync(token, ("led", "off")).Ok();
        Assert.Equal("led=on", await fleet.One.ReadAsync(token, "led").Ok());
        await fleet.One.WriteAsync(token, ("led", "on")).Ok();
        await fleet.One.WriteAsync(token, ("led", "dim")).Ok();
        Assert.Equal("led=dim", await fleet.One.ReadAsync(token, "led").Ok());
    }

    [Theory]
    [InlineData(DevicesOnly)]
    [InlineData(WithoutSync)]
    public async Task A_command_that_was_pending_when_its_resource_changed_does_not_come_back_over_later_reports(string between)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "on")).Ok();
        await Definitions.ReplaceAsync(fleet.One.Connectors, fleet.Connector, between);
        fleet.Time.Advance(TimeSpan.FromHours(1));
        await fleet.One.WriteAsync(token, ("led", "off")).Ok();
        Assert.Equal("led=off", await fleet.One.ReadAsync(token, "led").Ok());

        await Definitions.ReplaceAsync(fleet.One.Connectors, fleet.Connector, Settable);

        Assert.Equal("led=off", await fleet.One.ReadAsync(token, "led").Ok());
        Assert.Equal("off", System.Text.Encoding.UTF8.GetString(Assert.Single(await fleet.One.StateAsync(fleet.Connector, "sn-1").Ok()).Set!.Text.Span));
    }

    [Fact]
    public async Task Without_sync_the_newer_of_a_leftover_command_and_a_report_is_read()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "on")).Ok();
        await Definitions.ReplaceAsync(fleet.One.Connectors, fleet.Connector, WithoutSync);
        Assert.Equal("led=on", await fleet.One.ReadAsync(token, "led").Ok());
        fleet.Time.Advance(TimeSpan.FromSeconds(1));

        await fleet.One.WriteAsync(token, ("led", "off")).Ok();

        Assert.Equal("led=off", await fleet.One.ReadAsync(token, "led").Ok());
        await fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "dim")).Ok();
        Assert.Equal("led=dim", await fleet.One.ReadAsync(token, "led").Ok());
    }
}
