using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Events;

/// <summary>Events that could not be delivered, under an operator's hands.</summary>
public sealed class DeadLetterTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task They_are_listed_in_order_of_time_page_by_page()
    {
        await using var app = await EventApp.StartAsync(azurite);
        Assert.Empty((await app.JsonAsync("GET", "/events/deadletters")).GetProperty("items").EnumerateArray());
        string[] identities = ["b", "sn 1.", "é!", "a/b", "a"];
        List<string> sequences = [];
        foreach (var identity in identities)
        {
            var happened = app.Next(identity, """{"type":"data_in","n":1}""");
            sequences.Add($"{happened.Sequence:D19}");
            await app.AddDeadLetterAsync(happened, "Why: ü\n" + new string('x', 2_000));
            await app.AddDeadLetterAsync(happened, "Another time");
        }

        List<JsonElement> items = [];
        var cursor = "";
        do
        {
            var page = await app.JsonAsync("GET", $"/events/deadletters?limit=2&cursor={cursor}");
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 2);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString()! : "";
        }
        while (cursor.Length > 0);

        Assert.Equal(identities, items.Select(item => item.GetProperty("identity").GetString()!), StringComparer.Ordinal);
        Assert.Equal(sequences, items.Select(item => item.GetProperty("sequence").GetString()!), StringComparer.Ordinal);
        Assert.All(items, item =>
        {
            Assert.Equal(("data_in", 1), (item.GetProperty("type").GetString(), item.GetProperty("event").GetProperty("n").GetInt32()));
            Assert.StartsWith("Why: ü\n", item.GetProperty("why").GetString(), StringComparison.Ordinal);
        });
        Assert.Equal(5, (await app.JsonAsync("GET", "/events")).GetProperty("deadletters").GetProperty("count").GetInt32());
        await app.Management.RefusedAsync(400, "bad-cursor", "GET", "/events/deadletters?cursor=!");
        await app.Management.RefusedAsync(400, "bad-parameter", "GET", "/events/deadletters?limit=0");
    }

    [Fact]
    public async Task They_are_no_files()
    {
        await using var app = await EventApp.StartAsync(azurite);
        await app.AddDeadLetterAsync(app.Next(), "why");

        using var reply = await app.Management.SendAsync("GET", $"/api:1/service/{app.Management.Connector}/content/item", null, $"token {app.Management.Secret}");
        Assert.Equal("[]", await reply.Content.ReadAsStringAsync(Token));
        Assert.Null(await app.Services.GetRequiredService<BlobContentStore>().FindAsync(app.Management.Id, Instance.FileId("deadletter!1"), Token));
    }

    [Fact]
    public async Task One_is_sent_again_and_kept_until_it_arrives()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        var happened = app.Next("a/b.c");
        await app.AddDeadLetterAsync(happened, "why");
        var id = await OnlyIdAsync(app);
        await app.Management.RefusedAsync(409, "no-destination", "POST", $"/events/deadletters/{id}/retry");

        await app.PointAsync(receiver.Url);
        receiver.Answer = context => EventReceiver.Status(context, 400);
        var refused = await app.Management.RefusedAsync(409, "not-delivered", "POST", $"/events/deadletters/{id}/retry");
        Assert.Equal("The receiver answered 400.", refused.GetProperty("message").GetString());
        Assert.Equal(id, await OnlyIdAsync(app));

        receiver.Answer = context => EventReceiver.Status(context, 200);
        await app.SendAsync(happened);
        await app.Management.OkAsync("POST", $"/events/deadletters/{id}/retry", null);
        Assert.Equal(receiver.All[^2].Body, receiver.All[^1].Body);
        await app.Management.RefusedAsync(404, "unknown-deadletter", "POST", $"/events/deadletters/{id}/retry");
    }

    [Fact]
    public async Task One_is_discarded()
    {
        await using var app = await EventApp.StartAsync(azurite);
        await app.AddDeadLetterAsync(app.Next(), "why");
        var id = await OnlyIdAsync(app);

        await app.Management.OkAsync("DELETE", $"/events/deadletters/{id}", null);
        foreach (var gone in new[] { id, "x", "1!a", "0000000000000000001!*", "0000000000000000001!a!b", "-000000000000000001!a" })
        {
            await app.Management.RefusedAsync(404, "unknown-deadletter", "DELETE", $"/events/deadletters/{Uri.EscapeDataString(gone)}");
        }
    }

    [Fact]
    public async Task All_are_sent_again_in_order_and_what_is_refused_stays()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        await app.PointAsync(receiver.Url);
        for (var i = 0; i < 103; i++)
        {
            await app.AddDeadLetterAsync(app.Next(data: $$"""{"n":{{i}}}"""), "why");
        }

        receiver.Answer = context => EventReceiver.Status(context, receiver.All.Count % 10 == 0 ? 400 : 204);
        var first = await app.JsonAsync("POST", "/events/deadletters/retry");
        Assert.Equal((90, 10, true, "The receiver answered 400."), (first.GetProperty("delivered").GetInt32(), first.GetProperty("failed").GetInt32(), first.GetProperty("more").GetBoolean(), first.GetProperty("why").GetString()));
        var second = await app.JsonAsync("POST", $"/events/deadletters/retry?cursor={first.GetProperty("cursor").GetString()}");
        Assert.Equal((3, 0, false), (second.GetProperty("delivered").GetInt32(), second.GetProperty("failed").GetInt32(), second.GetProperty("more").GetBoolean()));
        Assert.Equal(Enumerable.Range(0, 103), receiver.All.Select(got => JsonSerializer.Deserialize<JsonElement>(got.Body).GetProperty("data").GetProperty("n").GetInt32()));

        // A receiver that is down is not asked for each.
        receiver.Answer = context => EventReceiver.Status(context, 500);
        var down = await app.JsonAsync("POST", "/events/deadletters/retry");
        Assert.Equal((0, 1, true), (down.GetProperty("delivered").GetInt32(), down.GetProperty("failed").GetInt32(), down.GetProperty("more").GetBoolean()));

        var discarded = await app.JsonAsync("DELETE", "/events/deadletters");
        Assert.Equal((10, false), (discarded.GetProperty("discarded").GetInt32(), discarded.GetProperty("more").GetBoolean()));
        Assert.Equal(0, (await app.JsonAsync("DELETE", "/events/deadletters")).GetProperty("discarded").GetInt32());
    }

    [Fact]
    public async Task They_go_with_their_connector_and_do_not_bring_it_back()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var store = fleet.One.Get<BlobDeadLetterStore>();
        var happened = new Murano.Shared.Events.OutboxEvent(new DeviceKey(fleet.Connector, Instance.Id("a")), 1, Murano.Shared.Events.EventType.Deleted, 1, "{}"u8.ToArray());
        await store.AddAsync(happened, "why", Token);
        Assert.Single((await store.ListIdsAsync(fleet.Connector, Token)).Ids);

        await fleet.One.Get<ConnectorDeletion>().DeleteAsync(fleet.Connector, Token).Ok();
        await Eventually.TrueAsync(
            async () =>
            {
                fleet.Time.Advance(TimeSpan.FromMinutes(3));
                await fleet.SweepAsync();
                return await fleet.One.Get<Containers>().ListAsync(Token).AllAsync(connector => connector != fleet.Connector, Token);
            },
            "The container goes.");
        await store.AddAsync(happened with { Sequence = 2 }, "why", Token);
        Assert.Empty((await store.ListIdsAsync(fleet.Connector, Token)).Ids);
        Assert.Empty(await fleet.One.Get<Containers>().ListAsync(Token).ToListAsync(Token));
    }

    [Fact]
    public async Task No_secret_shows_anywhere()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        await app.PointAsync(receiver.Url);
        var secret = await app.RenewSecretAsync();
        receiver.Answer = context => EventReceiver.Status(context, 500);
        for (var i = 0; i < 6; i++)
        {
            await app.SendAsync();
        }

        await app.AddDeadLetterAsync(app.Next(), (await app.FailedAsync()).Why);
        var key = (await app.Services.GetRequiredService<ConnectorService>().FindAsync(app.Management.Id, Token))!.Settings.Events.Destination!.Key;
        using var audit = await app.Management.SendAsync("GET", "/api:1/audit", null, $"token {app.Management.Secret}");
        string[] shown =
        [
            app.Management.App.Log.Text,
            await audit.Content.ReadAsStringAsync(Token),
            (await app.Management.CallAsync("GET", "")).Body,
            (await app.Management.CallAsync("GET", "/events")).Body,
            (await app.Management.CallAsync("POST", "/events/test")).Body,
            (await app.Management.CallAsync("GET", "/events/deadletters")).Body,
            (await app.Management.CallAsync("POST", "/events/deadletters/retry")).Body,
        ];

        Assert.Contains("Management_Event_Secret", shown[1], StringComparison.Ordinal);
        Assert.All(shown, text =>
        {
            Assert.DoesNotContain(secret["whsec_".Length..], text, StringComparison.Ordinal);
            Assert.DoesNotContain(key, text, StringComparison.Ordinal);
            Assert.DoesNotContain("code=hidden", text, StringComparison.Ordinal);
        });
    }

    private static async Task<string> OnlyIdAsync(EventApp app) =>
        Assert.Single((await app.JsonAsync("GET", "/events/deadletters")).GetProperty("items").EnumerateArray()).GetProperty("id").GetString()!;
}
