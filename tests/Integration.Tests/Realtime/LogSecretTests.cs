using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Events;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.Telemetry;

namespace Murano.Integration.Tests.Realtime;

/// <summary>No secret gets to where it can be read: neither to viewers, nor to the owner's code, nor into the app's log, nor into the audit, nor into what is exported.</summary>
[Collection("Exporters")] // the source of spans is one for the process: an exporter of another class would decide what is recorded
public sealed class LogSecretTests(AzuriteFixture azurite)
{
    private const string Password = "correct horse battery staple";
    private const string WrongPassword = "another horse battery staple";
    private const string WrongToken = "wr0ngT0kenwr0ngT0kenwr0ngT0kenwr0ngT0ken";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task None_is_found_after_all_that_has_secrets_was_done()
    {
        await using var receiver = await EventReceiver.StartAsync();
        await using var collector = await TelemetryReceiver.StartAsync();
        await using var app = await TestApp.StartAsync(azurite, new()
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["Logging:LogLevel:Default"] = "Debug",
                ["Telemetry:SampleRatio"] = "1",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = $"InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint={collector.Url}/",
            },
        });
        using var person = SimulatedOperator.Of(app.Run);
        using var https = app.CreateHttpsClient();
        Dictionary<string, string> secrets = new(StringComparer.Ordinal)
        {
            ["operator's key"] = app.Run.Operator!.Secret,
            ["password"] = Password,
            ["wrong password"] = WrongPassword,
            ["wrong token"] = WrongToken,
            ["key of the destination"] = "code=hidden",
        };

        await person.PatchSettingsAsync($$$"""{"events":{"destination":{"type":"webhook","url":"{{{receiver.Url}}}"} } }""");
        secrets.Add("webhook secret", Text(await CallAsync(app.Client, app, "POST", $"/api:1/service/{app.Run.Connector}/device2/events/secret"), "secret")["whsec_".Length..]);
        secrets.Add("other operator's key", Text(await CallAsync(app.Client, app, "POST", "/api:1/key", """{"name":"second","role":"viewer"}"""), "secret"));
        secrets.Add("session", Text(await CallAsync(app.Client, app, "POST", "/api:1/token/", JsonSerializer.Serialize(new { email = app.Run.Operator.Name, password = app.Run.Operator.Secret })), "token"));

        await using var all = await LogViewer.WatchAsync(app);
        await using var one = await LogViewer.WatchAsync(app, "?identity=sn-1", secrets["session"]);
        using var stream = await StreamAsync(app, secrets["other operator's key"]);
        secrets.Add("negotiated token", all.Address.Query["?access_token=".Length..]);
        secrets.Add("other negotiated token", one.Address.Query["?access_token=".Length..]);

        var tokens = await LogScenario.RunAsync(app);
        secrets.Add("device's token", tokens[0]);
        secrets.Add("token by hand", tokens[1]);
        await AskAsync(app.Client, app, "token " + WrongToken, 401);
        await person.PatchSettingsAsync("""{"provisioning":{"auth_type":"password"}}""");
        await LogScenario.OkAsync(person, HttpMethod.Put, "identity/pw-1", $$$"""{"auth":{"type":"password","key":"{{{Password}}}"}}""");
        await AskAsync(https, app, Basic(Password), 204);
        await AskAsync(https, app, Basic(WrongPassword), 401);
        secrets.Add("password as it was sent", Basic(Password)[6..]);

        var bytes = Encoding.ASCII.GetBytes("a file");
        var offer = await CallAsync(https, app, "GET", $"/api:1/service/{app.Run.Connector}/content/item/a.txt/upload?sha256={Convert.ToHexStringLower(SHA256.HashData(bytes))}&expires_in=30&type=text%2Fplain");
        await SendFileAsync(https, offer, bytes);
        var address = Text(await CallAsync(https, app, "GET", $"/api:1/service/{app.Run.Connector}/content/item/a.txt/download"), "url");
        using (var file = await https.GetAsync(new Uri(address), Token))
        {
            Assert.Equal("a file", await file.Content.ReadAsStringAsync(Token));
        }

        foreach (var signed in (string[])[Text(offer, "url"), address])
        {
            var parts = new Uri(signed).Query.TrimStart('?').Split('&').Select(part => part.Split('=')).Where(part => part.Length == 2 && part[1].Length >= 32).ToList();
            Assert.NotEmpty(parts);
            parts.ForEach(part => secrets[$"{part[0]} of {signed}"] = Uri.UnescapeDataString(part[1]));
        }

        await all.SeenAsync(happened => LogViewer.Is(happened, "reason", "wrong-password"), "the last refusal");
        await CallEverywhereAsync(app, secrets);
        await Eventually.TrueAsync(() => receiver.All.Any(received => received.Body.Contains("pw-1", StringComparison.Ordinal) && received.Body.Contains("data_in", StringComparison.Ordinal)), "the last write is delivered");
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync(Token));
        var streamed = new StringBuilder();
        while (!streamed.ToString().Contains("wrong-password", StringComparison.Ordinal))
        {
            streamed.AppendLine(await lines.ReadLineAsync(Token));
        }

        Dictionary<string, string> places = new(StringComparer.Ordinal)
        {
            ["a viewer"] = string.Join('\n', all.Frames),
            ["a viewer of one device"] = string.Join('\n', one.Frames),
            ["the command line"] = streamed.ToString(),
            ["the owner's code"] = string.Join('\n', receiver.All.Select(received => received.Body + string.Join(' ', received.Headers))),
            ["the audit"] = (await CallAsync(app.Client, app, "GET", "/api:1/audit?limit=1000")).GetRawText(),
            ["the settings"] = (await CallAsync(app.Client, app, "GET", $"/api:1/service/{app.Run.Connector}/device2")).GetRawText(),
        };
        Assert.Equal(204, (int)await SendAsync(app, "DELETE", "/api:1/token/" + secrets["session"]));
        foreach (var category in app.Log.Lines.GroupBy(line => line.Split('[')[0], StringComparer.Ordinal))
        {
            places.Add($"the app's log, {category.Key}", string.Join('\n', category));
        }

        await app.StopAsync(); // sends what is left
        Assert.NotEmpty(collector.Spans);
        Assert.NotEmpty(collector.Logs);
        Assert.NotEmpty(collector.Metrics);
        Assert.NotEmpty(collector.Items);
        places.Add("what is exported", collector.Text);
        Assert.All(places.Values.Take(6), text => Assert.True(text.Length > 100));
        Assert.Contains(places.Keys, place => place.StartsWith("the app's log, Debug Murano", StringComparison.Ordinal));
        Assert.True(secrets.Count >= 15 && secrets.Values.All(secret => secret.Length >= 11));
        var found = (from place in places from secret in secrets where Forms(secret.Value).Any(form => place.Value.Contains(form, StringComparison.OrdinalIgnoreCase)) select $"{secret.Key} in {place.Key}").ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }

    // Every secret at every kind of place of a request that a caller can choose.
    private static async Task CallEverywhereAsync(TestApp app, Dictionary<string, string> secrets)
    {
        var connector = app.Run.Connector;
        foreach (var (name, secret) in secrets.Where(pair => pair.Key is "session" or "device's token" or "token by hand" or "operator's key" or "wrong token"))
        {
            var isSession = name is "session";
            Assert.Equal(isSession ? 200 : 404, (int)await SendAsync(app, "GET", $"/api:1/token/{secret}"));
            Assert.Equal(404, (int)await SendAsync(app, "GET", $"/{secret}"));
            Assert.Equal(404, (int)await SendAsync(app, "GET", $"/api:1/{secret}"));
            await SendAsync(app, "GET", $"/timestamp?token={secret}&{secret}");
            await SendAsync(app, "GET", $"/health/ready?{secret}");
            await SendAsync(app, "GET", $"/api:1/service/{connector}/device2?token={secret}");
            await SendAsync(app, "GET", $"/provision/download?id={secret}");
            await SendAsync(app, secret.Replace('_', '-'), "/timestamp");
            await SendAsync(app, "GET", "/timestamp", ("traceparent", secret), ("tracestate", "a=" + secret), ("baggage", "a=" + secret), ("User-Agent", secret), ("X-Exosite-CIK", secret));
            await SendAsync(app, "GET", "/onep:v1/stack/alias?temp", ("X-Exosite-CIK", secret + "x"));
        }
    }

    private static async Task<HttpStatusCode> SendAsync(TestApp app, string method, string path, params (string Name, string Value)[] headers)
    {
        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = app.Http };
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var reply = await client.SendAsync(request, Token);
        return reply.StatusCode;
    }

    private static IEnumerable<string> Forms(string secret) => [secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)), JsonSerializer.Serialize(secret).Trim('"')];

    private static string Basic(string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("pw-1:" + password));

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    private static async Task<JsonElement> CallAsync(HttpClient client, TestApp app, string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("token", app.Run.Operator!.Secret);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        using var reply = await client.SendAsync(request, Token);
        var text = await reply.Content.ReadAsStringAsync(Token);
        Assert.True(reply.IsSuccessStatusCode, $"{method} {path}: {reply.StatusCode} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<HttpResponseMessage> StreamAsync(TestApp app, string secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api:1/solution/{app.Run.Connector}/logs?polling=true", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("token", secret);
        var reply = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        return reply;
    }

    private static async Task AskAsync(HttpClient client, TestApp app, string authorization, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/onep:v1/stack/alias", UriKind.Relative));
        request.Headers.Host = SimulatedDevice.HostOf(app);
        request.Headers.Authorization = AuthenticationHeaderValue.Parse(authorization);
        request.Content = new StringContent("temp=7", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var reply = await client.SendAsync(request, Token);
        Assert.Equal(status, (int)reply.StatusCode);
    }

    private static async Task SendFileAsync(HttpClient client, JsonElement offer, byte[] bytes)
    {
        using var form = new MultipartFormDataContent();
        foreach (var input in offer.GetProperty("inputs").EnumerateObject())
        {
            form.Add(new StringContent(input.Value.GetString()!), $"\"{input.Name}\"");
        }

        form.Add(new ByteArrayContent(bytes), $"\"{Text(offer, "field")}\"", "a.txt");
        using var reply = await client.PostAsync(new Uri(Text(offer, "url")), form, Token);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }
}
