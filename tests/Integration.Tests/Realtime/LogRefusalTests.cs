using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Realtime;

namespace Murano.Integration.Tests.Realtime;

/// <summary>Each refusal of a device is shown with its reason to those who watch its connector or the device, without anything secret; and to nobody else, at no cost.</summary>
public sealed class LogRefusalTests(AzuriteFixture azurite)
{
    private const string Password = "correct horse battery staple";
    private const string WrongPassword = "another horse battery staple";
    private const string UnknownToken = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
    private const string Body = "temperature=21-in-the-body";

    private readonly StorageProbe _probe = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_reason()
    {
        await using var app = await TestApp.StartAsync(azurite, new() { Policies = [_probe], Settings = Settings(("Devices:FailuresPerMinute", "2"), ("Devices:DevModeDomain", "example.test")) });
        using var person = SimulatedOperator.Of(app.Run);
        using var https = app.CreateHttpsClient();
        var host = SimulatedDevice.HostOf(app);
        await using var viewer = await LogViewer.WatchAsync(app);
        var device = await SimulatedDevice.ActivateAsync(app, "sn-1");
        List<string> expected = [];

        async Task ShowsAsync(string reason, int code, string? identity, Task<HttpResponseMessage> asking, string path = "/onep:v1/stack/alias", string method = "POST")
        {
            using var reply = await asking;
            var shown = await viewer.RefusalAsync(reason);
            expected.Add(reason);
            Assert.Equal((code, code, identity), ((int)reply.StatusCode, shown.GetProperty("code").GetInt32(), shown.TryGetProperty("identity", out var who) ? who.GetString() : null));
            Assert.Equal((path, method, "onep", "127.0.0.1"), (Text(shown, "path"), Text(shown, "method"), Text(shown, "protocol"), Text(shown, "ip")));
            Assert.True(shown.GetProperty("message").GetString()!.Length > 10 && shown.GetProperty("timestamp").GetInt64() > 1_500_000_000_000_000);
        }

        await ShowsAsync("no-credentials", 401, null, SendAsync(app.Client, host, null, Body));
        await ShowsAsync("unknown-token", 401, null, SendAsync(app.Client, host, "token " + UnknownToken, Body));
        await ShowsAsync("already-provisioned", 409, "sn-1", SendAsync(app.Client, host, null, "id=sn-1", "/provision/activate"), "/provision/activate");
        await ShowsAsync("no-identity", 400, null, SendAsync(app.Client, host, null, "x=1", "/provision/activate"), "/provision/activate");
        await ShowsAsync("unknown-content", 404, "sn-1", GetAsync(app.Client, host, device, "/provision/download?id=nothing&vendor=x"), "/provision/download", "GET");
        await ShowsAsync("no-alias", 400, "sn-1", GetAsync(app.Client, host, device, "/onep:v1/stack/alias"), method: "GET");
        await ShowsAsync("no-value", 400, "sn-1", device.PostAsync("temperature"));
        _probe.Interfere = (_, request) => request.Uri.Path.Contains("connectors", StringComparison.Ordinal) ? StorageFault.None : StorageFault.Busy;
        await ShowsAsync("storage-unavailable", 503, "sn-1", device.PostAsync(Body));
        _probe.Reset();
        await person.LockAsync("sn-1");
        await ShowsAsync("locked", 401, "sn-1", device.PostAsync(Body));
        using (var put = await person.SendAsync(HttpMethod.Put, "identity/late", """{"auth":{"type":"token","expire":1500000000000000}}"""))
        {
            Assert.True(put.IsSuccessStatusCode);
        }

        await ShowsAsync("expired", 409, "late", SendAsync(app.Client, host, null, "sn=late", "/provision/activate"), "/provision/activate");
        await person.PatchSettingsAsync("""{"provisioning":{"ip_whitelisting":{"enabled":true,"allowed":["192.0.2.0/24"]}}}""");
        await ShowsAsync("address-not-allowed", 404, "new", SendAsync(app.Client, host, null, "id=new", "/provision/activate"), "/provision/activate");
        await person.PatchSettingsAsync("""{"provisioning":{"presenter_identity":false,"ip_whitelisting":{"enabled":false,"allowed":[]}}}""");
        await ShowsAsync("not-whitelisted", 404, "new", SendAsync(app.Client, host, null, "id=new", "/provision/activate"), "/provision/activate");
        await person.PatchSettingsAsync("""{"identity_format":{"type":"base10","prefix":"","options":{"casing":"mixed","length":0}},"provisioning":{"presenter_identity":true}}""");
        await ShowsAsync("identity-format", 404, "new", SendAsync(app.Client, host, null, "id=new", "/provision/activate"), "/provision/activate");

        await person.PatchSettingsAsync("""{"identity_format":{"type":"opaque"},"provisioning":{"auth_type":"password"}}""");
        using (var put = await person.SendAsync(HttpMethod.Put, "identity/pw-1", $$$"""{"auth":{"type":"password","key":"{{{Password}}}"}}"""))
        {
            Assert.True(put.IsSuccessStatusCode);
        }

        await ShowsAsync("wrong-password", 401, "pw-1", SendAsync(https, host, Basic("pw-1", WrongPassword), Body));
        await ShowsAsync("unknown-identity", 401, "pw-0", SendAsync(https, host, Basic("pw-0", WrongPassword), Body));
        using (await SendAsync(https, host, Basic("pw-1", WrongPassword), Body))
        {
            await ShowsAsync("too-many-failures", 429, "pw-1", SendAsync(https, host, Basic("pw-1", WrongPassword), Body));
        }

        await ShowsAsync("https-required", 403, null, SendAsync(app.Client, $"{app.Run.Connector}.example.test", Basic("pw-1", Password), Body));
        Assert.All(viewer.Events.Where(happened => LogViewer.Is(happened, "type", "refused")), happened => Assert.Contains(Text(happened, "reason"), expected, StringComparer.Ordinal));
        AssertNoSecret(viewer, app, device.Token);
    }

    [Fact]
    public async Task Part_of_a_password_is_never_shown_as_an_identity()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = SimulatedOperator.Of(app.Run);
        using var https = app.CreateHttpsClient();
        await using var viewer = await LogViewer.WatchAsync(app);
        await person.PatchSettingsAsync("""{"identity_format":{"type":"mac:48","prefix":"","options":{"casing":"mixed","length":0}},"provisioning":{"auth_type":"password"}}""");

        // Each colon may be the one: the last reading would be "sn-1:my-secret".
        using (await SendAsync(https, SimulatedDevice.HostOf(app), Basic("sn-1", "my-secret:" + Password), Body))
        {
            await viewer.RefusalAsync("identity-format");
        }

        using (await SendAsync(https, SimulatedDevice.HostOf(app), Basic("00:11:22:33:44:55", Password), Body))
        {
            await viewer.RefusalAsync("unknown-identity");
        }

        Assert.DoesNotContain(viewer.Frames, frame => frame.Contains("my-secret", StringComparison.Ordinal) || frame.Contains("battery", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_watches_one_device_sees_that_device_only()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = SimulatedOperator.Of(app.Run);
        await using var viewer = await LogViewer.WatchAsync(app, "?identity=sn-1");
        var (one, other) = (await SimulatedDevice.ActivateAsync(app, "sn-1"), await SimulatedDevice.ActivateAsync(app, "sn-2"));
        await person.LockAsync("sn-1");
        await person.LockAsync("sn-2");

        using (await other.PostAsync(Body))
        using (await one.PostAsync(Body))
        {
            await viewer.RefusalAsync("locked");
        }

        Assert.All(viewer.Events, happened => Assert.Equal("sn-1", Text(happened, "identity")));
    }

    [Fact]
    public async Task Another_instance_shows_them_within_the_time_of_the_settings_cache()
    {
        await using var a = await TestApp.StartAsync(azurite, new() { Settings = Settings(("Devices:SettingsCache", "00:00:01"), ("Devices:CommandGuard", "00:00:02")) });
        await using var b = await TestApp.StartAsync(azurite, new() { TablePrefix = a.TablePrefix, Settings = Settings(("Devices:SettingsCache", "00:00:01"), ("Devices:CommandGuard", "00:00:02"), ("WebPubSub:ConnectionString", a.Run.WebPubSub)) });
        using (await SendAsync(b.Client, SimulatedDevice.HostOf(b), "token " + UnknownToken, Body))
        {
            await using var viewer = await LogViewer.WatchAsync(a);
            await Eventually.TrueAsync(
                async () =>
                {
                    using var reply = await SendAsync(b.Client, SimulatedDevice.HostOf(b), "token " + UnknownToken, Body);
                    return viewer.Events.Count > 0;
                },
                "what the other instance refused is seen",
                TimeSpan.FromSeconds(10));
        }
    }

    [Fact]
    public async Task While_nobody_watches_nothing_is_sent_and_storage_is_not_asked_once_more()
    {
        var channel = new CountingChannel();
        await using var app = await TestApp.StartAsync(azurite, new() { Policies = [_probe], Configure = builder => builder.Services.AddSingleton<IChannel>(channel), Settings = Settings(("Devices:SettingsCache", "00:10:00"), ("Devices:CommandGuard", "00:00:00")) });
        await using var without = await TestApp.StartAsync(azurite, new() { TablePrefix = app.TablePrefix, Policies = [_probe], Configure = builder => builder.Services.AddSingleton<IChannel>(_ => null!), Settings = Settings(("Devices:SettingsCache", "00:10:00"), ("Devices:CommandGuard", "00:00:00")) });
        var device = await SimulatedDevice.ActivateAsync(app);
        using (var person = SimulatedOperator.Of(app.Run))
        {
            await person.LockAsync(device.Identity);
        }

        var counts = new List<int>();
        foreach (var instance in (TestApp[])[without, app])
        {
            var same = SimulatedDevice.With(instance.Client, SimulatedDevice.HostOf(instance), device.Identity, device.Token);
            for (var round = 0; round < 2; round++)
            {
                _probe.Reset();
                using (await SendAsync(instance.Client, SimulatedDevice.HostOf(instance), "token " + UnknownToken, Body))
                using (await SendAsync(instance.Client, SimulatedDevice.HostOf(instance), null, "id=" + device.Identity, "/provision/activate"))
                using (await same.PostAsync(Body))
                {
                    counts.Add(_probe.Requests.Count);
                }
            }
        }

        Assert.Equal(counts[1], counts[3]); // warm; a cold instance reads the settings, as for any request
        Assert.Equal(0, channel.LogSends);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_channel_that_fails_or_hangs_fails_no_request(bool hangs)
    {
        var channel = new CountingChannel();
        await using var app = await TestApp.StartAsync(azurite, new() { Configure = builder => builder.Services.AddSingleton<IChannel>(channel) });
        Assert.Equal(HttpStatusCode.OK, (await LogViewer.NegotiateAsync(app)).Status);
        (channel.IsDown, channel.Hangs) = (!hangs, hangs);

        for (var i = 0; i < 50; i++)
        {
            using var reply = await SendAsync(app.Client, SimulatedDevice.HostOf(app), null, Body);
            Assert.Equal(HttpStatusCode.Unauthorized, reply.StatusCode);
        }

        await Eventually.TrueAsync(() => channel.LogSends > 0, "it was tried");
    }

    private static Dictionary<string, string?> Settings(params (string Name, string? Value)[] settings) => settings.ToDictionary(setting => setting.Name, setting => setting.Value, StringComparer.OrdinalIgnoreCase);

    private static string Text(JsonElement happened, string name) => happened.GetProperty(name).GetString()!;

    private static string Basic(string identity, string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{identity}:{password}"));

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, string host, string? authorization, string body, string path = "/onep:v1/stack/alias")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Headers.Host = host;
        request.Headers.Authorization = authorization is null ? null : AuthenticationHeaderValue.Parse(authorization);
        request.Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        return await client.SendAsync(request, Token);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient client, string host, SimulatedDevice device, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Host = host;
        request.Headers.Add("X-Exosite-CIK", device.Token);
        return await client.SendAsync(request, Token);
    }

    private static void AssertNoSecret(LogViewer viewer, TestApp app, string deviceToken)
    {
        foreach (var secret in (string[])[deviceToken, UnknownToken, Password, WrongPassword, "in-the-body", app.Run.Operator!.Secret, Basic("pw-1", WrongPassword)[6..], "?id="])
        {
            Assert.DoesNotContain(viewer.Frames, frame => frame.Contains(secret, StringComparison.OrdinalIgnoreCase));
        }
    }
}
