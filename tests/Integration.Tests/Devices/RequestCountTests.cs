using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;

namespace Murano.Integration.Tests.Devices;

/// <summary>Storage requests of the device path, counted at the SDK's pipeline: design, storage rule 2.</summary>
public sealed class RequestCountTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan PastTheCredentialCache = TimeSpan.FromSeconds(6);

    [Fact]
    public async Task A_write_costs_two_cold_and_one_warm()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var (instance, token) = await ColdAsync(fleet);

        Assert.Equal(2, await instance.CountAsync(() => instance.WriteAsync(token, ("temp", "1")).Ok()));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(token, ("temp", "2"), ("undefined", "x")).Ok()));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(token, ("undefined", "x")).Ok()));
    }

    [Fact]
    public async Task A_write_of_settable_values_costs_one_read_more_the_first_time_and_two_requests_more_when_the_cloud_was_faster()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var (instance, token) = await ColdAsync(fleet);

        Assert.Equal(3, await instance.CountAsync(() => instance.WriteAsync(token, ("led", "1"), ("mode", "1"), ("temp", "1")).Ok()));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(token, ("led", "2"), ("mode", "2")).Ok()));
        await fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "x"), ("mode", "x")).Ok();
        Assert.Equal(3, await instance.CountAsync(() => instance.WriteAsync(token, ("led", "3"), ("mode", "3")).Ok()));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(token, ("led", "4")).Ok()));
    }

    [Fact]
    public async Task A_value_without_sync_costs_no_read()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var (instance, token) = await ColdAsync(fleet);

        Assert.Equal(2, await instance.CountAsync(() => instance.WriteAsync(token, ("name", "1")).Ok()));
    }

    [Fact]
    public async Task A_write_past_the_credential_cache_costs_no_look_up()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var (instance, token) = await ColdAsync(fleet);
        await instance.WriteAsync(token, ("temp", "1")).Ok();
        fleet.Time.Advance(PastTheCredentialCache);

        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(token, ("temp", "2")).Ok()));
    }

    [Fact]
    public async Task A_read_costs_two_cold_and_one_afterwards_whatever_is_asked()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var (instance, token) = await ColdAsync(fleet);
        await instance.WriteAsync(token, ("temp", "1"), ("led", "2"), ("mode", "3")).Ok();

        Assert.Equal(1, await instance.CountAsync(() => instance.ReadAsync(token, "temp").Ok()));
        Assert.StartsWith("GET", instance.Probe.Requests[0], StringComparison.Ordinal);
        Assert.DoesNotContain("$filter", instance.Probe.Requests[0], StringComparison.Ordinal);
        Assert.Equal(1, await instance.CountAsync(() => instance.ReadAsync(token, "temp", "led", "mode").Ok()));
        fleet.Time.Advance(PastTheCredentialCache);
        Assert.Equal(1, await instance.CountAsync(() => instance.ReadAsync(token, "temp", "led", "mode").Ok()));
        fleet.Time.Advance(PastTheCredentialCache);
        Assert.Equal(1, await instance.CountAsync(() => instance.ReadAsync(token, "temp").Ok()));
        Assert.Contains("live!", instance.Probe.Requests[^1], StringComparison.Ordinal);
        Assert.Equal(0, await instance.CountAsync(() => instance.ReadAsync(token, "undefined").Ok()));
    }

    /// <summary>The service takes at most 15 comparisons in a filter.</summary>
    [Fact]
    public async Task No_query_has_more_comparisons_than_the_service_takes_nor_a_longer_address_than_the_emulator_takes()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        string[] aliases = [.. Enumerable.Range(10, 97).Select(i => $"{new string(' ', 159)}{i:D3}")];
        var definitions = string.Join(',', aliases.Select(alias => $"{System.Text.Json.JsonSerializer.Serialize(alias)}:{{\"settable\":true}}"));
        await Definitions.ReplaceAsync(fleet.One.Connectors, fleet.Connector, $"{{{definitions}}}");
        var identity = new string(' ', 66);
        var token = await fleet.One.ActivateAsync(identity).Ok();
        var instance = fleet.Scale();
        (string, string)[] values = [.. aliases.Select(alias => (alias, "1"))];

        await instance.WriteAsync(token, values).Ok();
        Assert.Equal(97, (await fleet.Scale().ReadAsync(token, aliases).Ok()).Split('&').Length);
        await instance.SetAsync(fleet.Connector, identity, values).Ok();
        await instance.WriteAsync(token, values).Ok();

        Assert.All(instance.Probe.Requests.Where(request => request.Contains("$filter", StringComparison.Ordinal)), request =>
            Assert.InRange(System.Text.RegularExpressions.Regex.Count(request, " (eq|ge|gt|le|lt) '", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)), 1, 15));
    }

    [Fact]
    public async Task A_hybrid_costs_a_write_and_a_warm_read()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var (instance, token) = await ColdAsync(fleet);

        Assert.Equal(3, await instance.CountAsync(() => HybridAsync(instance, token)));
        Assert.Equal(2, await instance.CountAsync(() => HybridAsync(instance, token)));
    }

    [Fact]
    public async Task A_reader_that_never_writes_is_noted_once_a_minute()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var (instance, token) = await ColdAsync(fleet);

        Assert.Equal(3, await instance.CountAsync(() => instance.ReadAsync(token, "temp").Ok()));
        for (var i = 0; i < 10; i++)
        {
            fleet.Time.Advance(PastTheCredentialCache - TimeSpan.FromMilliseconds(500));
            Assert.Equal(1, await instance.CountAsync(() => instance.ReadAsync(token, "temp").Ok()));
        }

        fleet.Time.Advance(PastTheCredentialCache);
        Assert.Equal(2, await instance.CountAsync(() => instance.ReadAsync(token, "temp").Ok()));
        Assert.Equal(fleet.Time.GetUtcNow(), DateTimeOffset.UnixEpoch.AddTicks((await instance.GetAsync(fleet.Connector, "sn-1").Ok()).LastSeen * 10));
    }

    private static async Task HybridAsync(Instance instance, DeviceToken token)
    {
        var origin = new DeviceOrigin(System.Net.IPAddress.Loopback, "", IsHttps: true);
        var session = await instance.Access.AuthenticateAsync(token, origin, TestContext.Current.CancellationToken).Ok();
        await instance.State.WriteAsync(session, [new("temp", "1"u8.ToArray())], TestContext.Current.CancellationToken).Ok();
        await instance.State.ReadAsync(session, ["temp"], TestContext.Current.CancellationToken).Ok();
    }

    // An instance that knows the connector's settings, which all its devices share, and nothing of the device.
    private static async Task<(Instance Instance, DeviceToken Token)> ColdAsync(Fleet fleet)
    {
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var instance = fleet.Scale();
        await instance.Connectors.FindAsync(fleet.Connector, TestContext.Current.CancellationToken);
        return (instance, token);
    }
}
