using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Integration.Tests.Access;

/// <summary>An app with everybody who may call it: the callers of matrix.tsv by name.</summary>
internal sealed class AccessWorld : IAsyncDisposable
{
    private const string Domain = "m2.example.test";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly Dictionary<string, string> _credentials = new(StringComparer.Ordinal) { ["none"] = "" };
    private TestApp _app = null!;
    private int _names;

    private AccessWorld()
    {
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Connector => _app.Run.Connector!;

    private string Device2 => $"/api:1/service/{Connector}/device2";

    public static async Task<AccessWorld> StartAsync(AzuriteFixture azurite)
    {
        var world = new AccessWorld();
        world._app = await TestApp.StartAsync(azurite, new TestAppOptions
        {
            Time = world._time,
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
            {
                ["Devices:Domain"] = Domain,
                ["Devices:FailuresPerMinute"] = "0", // this test is nothing but failures
                ["Devices:FailuresPerAddressPerMinute"] = "0",
            },
        });
        try
        {
            await world.PopulateAsync();
            return world;
        }
        catch
        {
            await world.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends a request as a caller, with what its placeholders stand for made anew.</summary>
    public async Task<HttpResponseMessage> AskAsync(string caller, string method, string path, string body)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["connector"] = Connector,
            ["me"] = caller,
            ["admin"] = "admin",
            ["secret"] = _credentials["admin"]["token ".Length..],
        };
        foreach (var (name, make) in Makers())
        {
            if ((path + body).Contains($"{{{name}}}", StringComparison.Ordinal))
            {
                values[name] = await make();
            }
        }

        foreach (var (name, value) in values)
        {
            (path, body) = (path.Replace($"{{{name}}}", value, StringComparison.Ordinal), body.Replace($"{{{name}}}", value, StringComparison.Ordinal));
        }

        return await SendAsync(_credentials[caller], method, path, body);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private Dictionary<string, Func<Task<string>>> Makers() => new(StringComparer.Ordinal)
    {
        ["new"] = () => Task.FromResult(Name()),
        ["identity"] = async () => await MadeAsync("PUT", name => $"{Device2}/identity/{name}", "{}"),
        ["resource"] = async () => await MadeAsync("POST", name => $"{Device2}/resource/{name}", "{}"),
        ["key"] = async () => await ReadAsync("id", "/api:1/key", $$"""{"name":"{{Name()}}","role":"viewer"}"""),
        ["session"] = async () => await ReadAsync("token", "/api:1/token", $$"""{"email":"admin","password":"{{_credentials["admin"]["token ".Length..]}}"}"""),
        ["spare"] = async () => await ReadAsync("id", "/api:1/business/murano/solution", $$"""{"label":"{{Name()}}","type":"product"}"""),
    };

    private string Name() => string.Create(CultureInfo.InvariantCulture, $"n{++_names}");

    private async Task PopulateAsync()
    {
        var keys = _app.Services.GetRequiredService<OperatorKeys>();
        var other = await _app.Services.GetRequiredService<ConnectorService>().CreateAsync("Other", [], Token).Ok();
        await AddKeyAsync("viewer", OperatorRole.Viewer);
        await AddKeyAsync("operator", OperatorRole.Operator);
        await AddKeyAsync("admin", OperatorRole.Admin);
        await AddKeyAsync("outsider", OperatorRole.Admin, [other.Id]);
        await AddKeyAsync("expired", OperatorRole.Admin, expires: _time.GetUtcNow() + Lifetime);
        _credentials["bad"] = "token " + new string('0', 40);

        await ExpectAsync("PATCH", Device2, """{"resources":{"temperature":{"format":"number"},"setpoint":{"format":"number","settable":true}}}""");
        foreach (var (name, connector) in new[] { ("device", Connector), ("neighbour", Connector), ("foreigner", other.Id.Value), ("locked", Connector) })
        {
            _credentials[name] = "token " + await TextAsync(await SendAsync("", "POST", "/provision/activate", $"id={name}", $"{connector}.{Domain}"));
        }

        await ExpectAsync("PATCH", $"{Device2}/identity/locked", """{"locked":true}""");
        await TextAsync(await SendAsync(_credentials["device"], "POST", "/onep:v1/stack/alias", "temperature=21.5"));
        await TextAsync(await SendAsync(_credentials["device"], "PUT", "/provision/upload?id=file", "text"));

        // A key and a session that are good until their time has passed.
        var login = $$"""{"email":"admin","password":"{{_credentials["admin"]["token ".Length..]}}","ttl":{{(int)Lifetime.TotalSeconds}}}""";
        _credentials["ended"] = "token " + await ReadAsync("token", "/api:1/token", login);
        foreach (var name in (string[])["expired", "ended"])
        {
            using var reply = await SendAsync(_credentials[name], "GET", Device2, "");
            Assert.Equal(200, (int)reply.StatusCode);
        }

        _time.Advance(Lifetime + Lifetime);

        async Task AddKeyAsync(string name, OperatorRole role, HashSet<ConnectorId>? connectors = null, DateTimeOffset? expires = null) =>
            _credentials[name] = "token " + (await keys.CreateAsync(name, role, connectors, expires, Token).Ok()).Secret;
    }

    private async Task<string> MadeAsync(string method, Func<string, string> path, string body)
    {
        var name = Name();
        await ExpectAsync(method, path(name), body);
        return name;
    }

    private async Task ExpectAsync(string method, string path, string body) => await TextAsync(await SendAsync(_credentials["admin"], method, path, body));

    private async Task<string> ReadAsync(string field, string path, string body) =>
        JsonSerializer.Deserialize<JsonElement>(await TextAsync(await SendAsync(_credentials["admin"], "POST", path, body))).GetProperty(field).GetString()!;

    private static async Task<string> TextAsync(HttpResponseMessage reply)
    {
        using (reply)
        {
            var text = await reply.Content.ReadAsStringAsync(Token);
            Assert.True(reply.IsSuccessStatusCode, $"{(int)reply.StatusCode} {text}");
            return text;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(string authorization, string method, string path, string body, string? host = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Host = host ?? $"{Connector}.{Domain}";
        if (authorization.Length > 0)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        if (body.Length > 0)
        {
            var type = path.StartsWith("/api:1", StringComparison.Ordinal) ? "application/json" : "application/x-www-form-urlencoded";
            request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type));
        }

        return await _app.Client.SendAsync(request, Token);
    }
}
