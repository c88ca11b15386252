using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Events;
using Murano.Shared.Events.Delivery;

namespace Murano.Integration.Tests.Events;

/// <summary>Webhooks as their receivers see them, well and badly behaved ones.</summary>
public sealed class WebhookTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_arrives_as_a_signed_CloudEvent()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        await app.PointAsync(receiver.Url);
        var secret = await app.RenewSecretAsync();
        var happened = app.Next(data: """{"type":"data_in","values":{"ü":"\"x\""}}""");

        Assert.IsType<DeliveryResult.Delivered>(await app.SendAsync(happened));
        Assert.IsType<DeliveryResult.Delivered>(await app.SendAsync(happened));

        var got = receiver.All[0];
        Assert.Equal(("POST", "/events?code=hidden", "application/cloudevents+json; charset=utf-8", "Murano.Serverless"), (got.Method, got.Target, got.Headers["Content-Type"], got.Headers["User-Agent"]));
        Assert.Equal(
            ["Content-Length", "Content-Type", "Host", "User-Agent", "webhook-id", "webhook-signature", "webhook-timestamp"],
            got.Headers.Keys.Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
        var body = JsonSerializer.Deserialize<JsonElement>(got.Body);
        Assert.Equal("murano.data_in", body.GetProperty("type").GetString());
        Assert.Equal("sn 1", body.GetProperty("subject").GetString());
        Assert.Equal(got.Headers["webhook-id"], body.GetProperty("id").GetString());
        Assert.Equal("\"x\"", body.GetProperty("data").GetProperty("values").GetProperty("ü").GetString());
        Assert.All(receiver.All, each => Verify(secret, each));
        Assert.Equal(got.Headers["webhook-id"], receiver.All[1].Headers["webhook-id"], StringComparer.Ordinal);
        Assert.Equal(got.Body, receiver.All[1].Body);
    }

    [Fact]
    public async Task A_new_secret_replaces_the_old_one_at_once_and_stays_until_the_next()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        await app.PointAsync(receiver.Url);
        var first = await app.RenewSecretAsync();
        await app.SendAsync();
        var second = await app.RenewSecretAsync();
        await app.SendAsync();
        await app.PointAsync($"http://localhost:{receiver.Port}/elsewhere");
        await app.SendAsync();
        await app.PointAsync($"http://127.0.0.1:{receiver.Port}/");
        await app.SendAsync();

        var got = receiver.All;
        Assert.NotEqual(first, second, StringComparer.Ordinal);
        Verify(first, got[0]);
        Verify(second, got[1]);
        Verify(second, got[2]);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Verify(first, got[1]));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Verify(second, got[3]));
    }

    [Fact]
    public async Task An_answer_decides_what_becomes_of_the_event()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        await app.PointAsync(receiver.Url);
        foreach (var (status, expected) in new[] { (200, "Delivered"), (400, "Refused"), (404, "Failed"), (204, "Delivered"), (410, "Refused"), (413, "Refused"), (401, "Failed"), (415, "Refused"), (422, "Refused"), (500, "Failed"), (202, "Delivered") })
        {
            receiver.Answer = context => EventReceiver.Status(context, status);
            Assert.Equal((status, expected), (status, (await app.SendAsync()).GetType().Name));
        }
    }

    [Theory]
    [InlineData("17", 17.0)]
    [InlineData("Thu, 01 Jan 2026 00:01:00 GMT", 60.0)]
    [InlineData("soon", null)]
    public async Task A_busy_receiver_says_when_to_come_again(string header, double? seconds)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite, time);
        await app.PointAsync(receiver.Url);
        receiver.Answer = context =>
        {
            context.Response.Headers.RetryAfter = header;
            return EventReceiver.Status(context, 503);
        };

        Assert.Equal(seconds, (await app.FailedAsync()).After?.TotalSeconds);
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = await EventReceiver.StartAsync();
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        await app.PointAsync(receiver.Url);
        foreach (var status in new[] { 301, 302, 307, 308 })
        {
            receiver.Answer = context =>
            {
                context.Response.Headers.Location = elsewhere.Url;
                context.Response.Headers.SetCookie = "a=b";
                return EventReceiver.Status(context, status);
            };
            Assert.Contains("Redirects are not followed", (await app.FailedAsync()).Why, StringComparison.Ordinal);
        }

        Assert.Empty(elsewhere.All);
        Assert.DoesNotContain(receiver.All, got => got.Headers.ContainsKey("Cookie"));
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_has_its_time_and_no_more()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite, settings: ("Timeout", "00:00:01"));
        await app.PointAsync(receiver.Url);
        receiver.Answer = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        Assert.Contains("did not answer within 1 s", (await app.FailedAsync()).Why, StringComparison.Ordinal);

        // A caller who gives up is another matter.
        using var caller = CancellationTokenSource.CreateLinkedTokenSource(Token);
        receiver.Answer = async context =>
        {
            await caller.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        await Assert.ThrowsAsync<OperationCanceledException>(() => app.SendAsync(token: caller.Token));
    }

    [Fact]
    public async Task A_head_that_comes_byte_by_byte_does_not_outlast_the_time()
    {
        await using var raw = new RawReceiver(async (socket, token) =>
        {
            await socket.SendAsync("HTTP/1.1 2"u8.ToArray(), token);
            await Task.Delay(Timeout.Infinite, token);
        });
        await using var app = await EventApp.StartAsync(azurite, settings: ("Timeout", "00:00:01"));
        await app.PointAsync(raw.Url);

        Assert.Contains("did not answer within 1 s", (await app.FailedAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_huge_answer_is_not_read()
    {
        var sent = 0L;
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        await app.PointAsync(receiver.Url);
        receiver.Answer = async context =>
        {
            var block = new byte[64 * 1024];
            try
            {
                while (true)
                {
                    await context.Response.Body.WriteAsync(block, context.RequestAborted);
                    Interlocked.Add(ref sent, block.Length);
                }
            }
            catch (Exception fault) when (fault is OperationCanceledException or IOException)
            {
                Interlocked.Exchange(ref sent, -1);
            }
        };

        Assert.IsType<DeliveryResult.Delivered>(await app.SendAsync());
        await Eventually.TrueAsync(() => Interlocked.Read(ref sent) == -1, "The connection is closed.");
    }

    [Fact]
    public async Task Whatever_a_receiver_does_is_a_result()
    {
        await using var app = await EventApp.StartAsync(azurite);
        (string What, Func<Socket, CancellationToken, Task> Serve)[] receivers =
        [
            ("garbage", (socket, token) => AnswerAsync(socket, new byte[4096], token)),
            ("no HTTP", (socket, token) => AnswerAsync(socket, "SSH-2.0-OpenSSH_9.7\r\n\r\n"u8.ToArray(), token)),
            ("huge head", (socket, token) => AnswerAsync(socket, Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nA: {new string('a', 100_000)}\r\n\r\n"), token)),
            ("end", (socket, token) => AnswerAsync(socket, [], token)),
            ("reset", async (socket, token) =>
            {
                await socket.ReceiveAsync(new byte[1], token);
                socket.LingerState = new LingerOption(enable: true, 0);
            }),
        ];
        foreach (var (what, serve) in receivers)
        {
            await using var raw = new RawReceiver(serve);
            await app.PointAsync(raw.Url);
            var failed = await app.FailedAsync();
            Assert.True(failed.Why.EndsWith('.') && !failed.Why.Contains("localhost", StringComparison.Ordinal), $"{what}: {failed.Why}");
        }

        await app.PointAsync("http://nowhere.invalid/");
        Assert.Contains("could not be resolved", (await app.FailedAsync()).Why, StringComparison.Ordinal);
        await app.PointAsync("http://127.0.0.1:1/");
        Assert.Contains("No connection", (await app.FailedAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_must_be_trusted()
    {
        using var certificate = EventReceiver.SelfSigned();
        await using var receiver = await EventReceiver.StartAsync(certificate);
        var url = $"https://localhost:{receiver.Port}/";
        await using (var app = await EventApp.StartAsync(azurite))
        {
            await app.PointAsync(url);
            Assert.Contains("certificate is not trusted", (await app.FailedAsync()).Why, StringComparison.Ordinal);
            Assert.Empty(receiver.All);
        }

        var trust = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { certificate }, RevocationMode = X509RevocationMode.NoCheck };
        await using (var app = await EventApp.StartAsync(azurite, network: new DeliveryNetwork { Trust = trust }))
        {
            await app.PointAsync(url);
            Assert.IsType<DeliveryResult.Delivered>(await app.SendAsync());
        }
    }

    [Fact]
    public async Task A_name_that_leads_to_a_private_address_is_not_called()
    {
        await using var raw = new RawReceiver((_, _) => Task.CompletedTask);
        IPAddress[] answers = [];
        var network = new DeliveryNetwork { Resolve = (_, _) => Task.FromResult(answers) };
        await using var app = await EventApp.StartAsync(azurite, network: network, settings: ("AllowPrivateAddresses", "false"));
        foreach (var address in new[] { "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fd00::1" })
        {
            // Another destination each time, so that none is left alone for its failures.
            await app.PointAsync($"https://receiver.example:{raw.Port}/{Uri.EscapeDataString(address)}");
            answers = [IPAddress.Parse(address)];
            Assert.Contains("not public", (await app.FailedAsync()).Why, StringComparison.Ordinal);
        }

        Assert.Equal(0, raw.Connections);
    }

    [Fact]
    public async Task What_was_set_while_private_addresses_were_allowed_is_not_called_once_they_are_not()
    {
        await using var raw = new RawReceiver((_, _) => Task.CompletedTask);
        using var folder = new TemporaryFolder();
        var prefix = Names.TablePrefix();
        await using (var before = await ManagementApi.ManagementApp.StartAsync(azurite, new TestAppOptions { TablePrefix = prefix, DataFolder = folder.Path }))
        {
            await before.OkAsync("PATCH", "", $$$$"""{"events":{"destination":{"url":"{{{{raw.Url}}}}"}}}""");
        }

        await using var after = await ManagementApi.ManagementApp.StartAsync(azurite, new TestAppOptions
        {
            TablePrefix = prefix,
            DataFolder = folder.Path,
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Events:AllowPrivateAddresses"] = "false" },
        });
        var (status, body) = await after.CallAsync("POST", "/events/test");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("\"delivered\":false", body, StringComparison.Ordinal);
        Assert.Equal(0, raw.Connections);
    }

    [Fact]
    public async Task A_receiver_that_fails_is_left_alone_until_it_is_back()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite, time);
        await app.PointAsync(receiver.Url);
        receiver.Answer = context => EventReceiver.Status(context, 500);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("The receiver answered 500.", (await app.FailedAsync()).Why);
        }

        Assert.Equal(TimeSpan.FromSeconds(5), (await app.FailedAsync()).After);
        Assert.Equal(5, receiver.All.Count);
        var breaker = (await app.JsonAsync("GET", "/events")).GetProperty("breaker");
        Assert.Equal((true, 5), (breaker.GetProperty("open").GetBoolean(), breaker.GetProperty("failures").GetInt32()));
        Assert.Contains("[1850]", app.Management.App.Log.Text, StringComparison.Ordinal);

        // A test is sent all the same.
        receiver.Answer = context => EventReceiver.Status(context, 204);
        Assert.True((await app.JsonAsync("POST", "/events/test")).GetProperty("delivered").GetBoolean());
        Assert.IsType<DeliveryResult.Delivered>(await app.SendAsync());
        Assert.Contains("[1851]", app.Management.App.Log.Text, StringComparison.Ordinal);
        Assert.Equal(7, receiver.All.Count);
    }

    [Fact]
    public async Task Many_at_once_arrive()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var app = await EventApp.StartAsync(azurite);
        await app.PointAsync(receiver.Url);
        var secret = await app.RenewSecretAsync();

        var results = await Task.WhenAll(Enumerable.Range(0, 500).Select(i => app.SendAsync(app.Next($"sn-{i}"))));

        Assert.All(results, result => Assert.IsType<DeliveryResult.Delivered>(result));
        Assert.Equal(500, receiver.All.Select(got => got.Headers["webhook-id"]).Distinct(StringComparer.Ordinal).Count());
        Assert.All(receiver.All, got => Verify(secret, got));
    }

    private static async Task AnswerAsync(Socket socket, byte[] answer, CancellationToken token)
    {
        await socket.ReceiveAsync(new byte[65_536], token);
        await socket.SendAsync(answer, token);
        socket.Shutdown(SocketShutdown.Both);
    }

    // As a receiver would, by the words of Standard Webhooks.
    internal static void Verify(string secret, EventReceiver.Received got)
    {
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        var signed = Encoding.UTF8.GetBytes($"{got.Headers["webhook-id"]}.{got.Headers["webhook-timestamp"]}.{got.Body}");
        Assert.Equal($"v1,{Convert.ToBase64String(hmac.ComputeHash(signed))}", got.Headers["webhook-signature"]);
        var sent = DateTimeOffset.FromUnixTimeSeconds(long.Parse(got.Headers["webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.InRange(sent, TimeProvider.System.GetUtcNow().AddMinutes(-5), TimeProvider.System.GetUtcNow().AddMinutes(5));
    }
}
