using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Events;
using Murano.Shared.Events.Delivery;

namespace Murano.Integration.Tests.Events;

/// <summary>Event Grid topics as the service sees us.</summary>
public sealed class EventGridTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task An_event_arrives_as_a_batch_of_one()
    {
        await using var topic = await TopicAsync();
        await using var app = await StartAsync(topic);

        Assert.IsType<DeliveryResult.Delivered>(await app.SendAsync());

        var got = Assert.Single(topic.Receiver.All);
        Assert.Equal(("POST", "topickey"), (got.Method, got.Headers["aeg-sas-key"]));
        Assert.StartsWith("/api/events?api-version=", got.Target, StringComparison.Ordinal);
        Assert.StartsWith("application/cloudevents-batch+json", got.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.DoesNotContain("webhook-signature", got.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        var sent = Assert.Single(JsonSerializer.Deserialize<JsonElement>(got.Body).EnumerateArray());
        Assert.Equal(("murano.data_in", "sn 1", "0001500000000000001"), (sent.GetProperty("type").GetString(), sent.GetProperty("subject").GetString(), sent.GetProperty("sequence").GetString()));
    }

    [Fact]
    public async Task Each_attempt_is_one_request_and_its_answer_counts_as_a_webhooks()
    {
        await using var topic = await TopicAsync();
        await using var app = await StartAsync(topic);
        foreach (var (status, expected) in new[] { (400, "Refused"), (401, "Failed"), (413, "Refused"), (500, "Failed"), (302, "Failed"), (200, "Delivered") })
        {
            var before = topic.Receiver.All.Count;
            topic.Receiver.Answer = context => EventReceiver.Status(context, status);
            Assert.Equal((status, expected), (status, (await app.SendAsync()).GetType().Name));
            Assert.Equal(before + 1, topic.Receiver.All.Count);
        }

        topic.Receiver.Answer = context =>
        {
            context.Response.Headers.RetryAfter = "17";
            return EventReceiver.Status(context, 429);
        };
        Assert.Equal(TimeSpan.FromSeconds(17), (await app.FailedAsync()).After);
    }

    [Fact]
    public async Task No_answer_is_a_result_without_a_secret()
    {
        await using var topic = await TopicAsync();
        await using var app = await StartAsync(topic, ("Timeout", "00:00:01"));
        topic.Receiver.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        Assert.Contains("did not answer", (await app.FailedAsync()).Why, StringComparison.Ordinal);

        await app.PointAsync("https://127.0.0.1:1/api/events", "eventgrid");
        Assert.Equal("No connection to the receiver.", (await app.FailedAsync()).Why);
        Assert.DoesNotContain("topickey", app.Management.App.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_and_an_identity_nothing_is_sent()
    {
        await using var topic = await TopicAsync();
        await using var app = await StartAsync(topic, ("EventGridKey", ""), ("Timeout", "00:00:01"));

        await app.FailedAsync();

        Assert.Empty(topic.Receiver.All);
    }

    [Fact]
    public async Task A_topic_has_no_secret_to_show()
    {
        await using var topic = await TopicAsync();
        await using var app = await StartAsync(topic);

        await app.Management.RefusedAsync(409, "no-webhook", "POST", "/events/secret");
        Assert.True((await app.JsonAsync("POST", "/events/test")).GetProperty("delivered").GetBoolean());
    }

    private static async Task<Topic> TopicAsync()
    {
        var certificate = EventReceiver.SelfSigned();
        return new(await EventReceiver.StartAsync(certificate), certificate);
    }

    private async Task<EventApp> StartAsync(Topic topic, params (string Name, string Value)[] settings)
    {
        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { topic.Certificate }, RevocationMode = X509RevocationMode.NoCheck };
        var app = await EventApp.StartAsync(azurite, network: new DeliveryNetwork { Trust = trust }, settings: Array.Exists(settings, setting => setting.Name is "EventGridKey") ? settings : [("EventGridKey", "topickey"), .. settings]);
        await app.PointAsync($"https://localhost:{topic.Receiver.Port}/api/events", "eventgrid");
        return app;
    }

    private sealed record Topic(EventReceiver Receiver, X509Certificate2 Certificate) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Receiver.DisposeAsync();
            Certificate.Dispose();
        }
    }
}
