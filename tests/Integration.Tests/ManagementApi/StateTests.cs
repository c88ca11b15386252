using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

public sealed class StateTests(AzuriteFixture azurite)
{
    [Fact]
    [Spec("b.4/9")]
    [Spec("b.4/10")]
    public async Task Values_are_set_and_shown_as_they_were_written()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PATCH", "", """{"resources":{"n":{"format":"number","settable":true,"allowed":["0:100"]},"s":{"settable":true},"b":{"format":"boolean","settable":true}}}""");
        await app.OkAsync("PUT", "/identity/1234", null);

        await app.OkAsync("PATCH", "/identity/1234/state", """{"n":21.50,"s":"a\"ü","b":true}""");

        var state = await app.GetAsync("/identity/1234/state/");
        Assert.Equal("21.50", state.GetProperty("n").GetProperty("set").GetRawText());
        Assert.Equal("a\"ü", state.GetProperty("s").GetProperty("set").GetString());
        Assert.True(state.GetProperty("b").GetProperty("set").GetBoolean());
        Assert.InRange(state.GetProperty("n").GetProperty("timestamp").GetInt64(), 1_700_000_000_000_000, 3_000_000_000_000_000);
        Assert.Equal(state.GetRawText(), (await app.GetAsync("/identity/1234")).GetProperty("state").GetRawText());
    }

    [Fact]
    [Spec("b.4/10")]
    [Spec("c.3/8")]
    public async Task What_may_not_be_set_is_refused_as_a_whole()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/1234", null);

        var refused = await app.RefusedAsync(400, "not-settable", "PATCH", "/identity/1234/state", """{"setpoint":1,"temperature":2}""");
        await app.RefusedAsync(400, "bad-format", "PATCH", "/identity/1234/state", """{"setpoint":"warm"}""");
        await app.RefusedAsync(400, "bad-value", "PATCH", "/identity/1234/state", """{"setpoint":{"a":1}}""");
        await app.RefusedAsync(400, "bad-value", "PATCH", "/identity/1234/state", """{"setpoint":null}""");
        await app.RefusedAsync(400, "unknown-resource", "PATCH", "/identity/1234/state", """{"setpoint":1,"unknown":2}""");
        await app.RefusedAsync(400, "bad-json", "PATCH", "/identity/1234/state", "[]");

        Assert.Equal("Value is not settable", refused.GetProperty("message").GetString());
        Assert.Equal("{}", (await app.GetAsync("/identity/1234/state")).GetRawText());
    }

    [Fact]
    public async Task The_times_of_both_sides_are_shown_to_whoever_wants_them()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/1234", null);
        await app.OkAsync("PATCH", "/identity/1234/state", """{"setpoint":1}""");

        var value = (await app.GetAsync("/identity/1234/state?times=true")).GetProperty("setpoint");

        Assert.Equal(value.GetProperty("timestamp").GetInt64(), value.GetProperty("setAt").GetInt64());
        Assert.False(value.TryGetProperty("reportedAt", out _));
        Assert.Equal(value.GetRawText(), (await app.GetAsync("/identity/1234?times=true")).GetProperty("state").GetProperty("setpoint").GetRawText());
        Assert.False((await app.GetAsync("/identity/1234")).GetProperty("state").GetProperty("setpoint").TryGetProperty("setAt", out _));
    }

    [Fact]
    public async Task An_unknown_device_has_no_state()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.RefusedAsync(404, "unknown-identity", "GET", "/identity/1234/state");
        await app.RefusedAsync(404, "unknown-identity", "PATCH", "/identity/1234/state", """{"setpoint":1}""");
        await app.RefusedAsync(404, "unknown-identity", "PATCH", "/identity/1234/state", "{}");
    }
}
