using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.ManagementApi;

namespace Murano.Integration.Tests.Events;

/// <summary>Section events of the settings over the management API.</summary>
public sealed class EventSettingsTests(AzuriteFixture azurite)
{
    [Fact]
    [Spec("c.4/15")]
    public async Task They_go_round()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        Assert.False((await app.GetAsync("")).TryGetProperty("events", out _));

        await app.OkAsync("PATCH", "", """{"events":{"types":["data_in","publish"],"destination":{"type":"webhook","url":"https://events.example.com/murano?code=1"}}}""");
        var settings = await app.GetAsync("");
        Assert.Equal("""{"types":["data_in","publish"],"destination":{"type":"webhook","url":"https://events.example.com/murano?***"}}""", settings.GetProperty("events").GetRawText());

        await app.OkAsync("PATCH", "", settings.GetRawText());
        Assert.Equal(settings.GetRawText(), (await app.GetAsync("")).GetRawText());
        var state = await app.GetAsync("/events");
        Assert.True(state.GetProperty("on").GetBoolean());

        await app.OkAsync("PATCH", "", """{"events":{"destination":null}}""");
        Assert.Equal("""{"types":["data_in","publish"]}""", (await app.GetAsync("")).GetProperty("events").GetRawText());
        Assert.False((await app.GetAsync("/events")).GetProperty("on").GetBoolean());
    }

    [Fact]
    [Spec("c.4/15")]
    public async Task An_unknown_type_is_refused_in_the_words_of_every_enumeration()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        var refused = await app.RefusedAsync(400, "enum-mismatch", "PATCH", "", """{"events":{"types":["data_in","nothing"]}}""");

        Assert.Contains("nothing", refused.GetRawText(), StringComparison.Ordinal);
        await app.RefusedAsync(400, "bad-url", "PATCH", "", """{"events":{"destination":{"url":"https://me:secret@events.example.com/"}}}""");
        Assert.False((await app.GetAsync("")).TryGetProperty("events", out _));
    }

    [Fact]
    public async Task On_Azure_a_private_address_is_refused()
    {
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Events:AllowPrivateAddresses"] = "false" } });

        foreach (var url in new[] { "http://events.example.com/", "https://localhost/", "https://10.0.0.1/", "https://[::ffff:127.0.0.1]/" })
        {
            await app.RefusedAsync(400, "bad-url", "PATCH", "", JsonSerializer.Serialize(new { events = new { destination = new { url } } }));
        }
    }
}
