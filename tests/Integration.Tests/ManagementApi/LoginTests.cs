using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.ManagementApi;

public sealed class LoginTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Spec("b.1/5")]
    public async Task Name_and_secret_give_a_token_of_40_characters_that_is_taken_as_the_secret_is()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var name = app.App.Run.Operator!.Name;

        var token = await LogInAsync(app, name, app.Secret, "/api:1/token");

        Assert.Matches("^[A-Za-z0-9]{40}$", token);
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"token {token}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{token}")))).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await app.CallAsync("PUT", "/identity/1234", "{}", $"token {token}")).Status);
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {token[..^1]}{(token[^1] == 'x' ? 'y' : 'x')}");
    }

    [Fact]
    [Spec("b.1/5")]
    public async Task A_session_tells_whose_it_is_and_how_long_it_lasts_until_it_is_ended()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var name = app.App.Run.Operator!.Name;
        var token = await LogInAsync(app, name, app.Secret, ttl: 600);

        var (status, session) = await SendAsync(app, "GET", $"/api:1/token/{token}");

        Assert.Equal(200, status);
        Assert.Equal(name, session.GetProperty("email").GetString());
        Assert.InRange(session.GetProperty("ttl").GetInt64(), 1, 600);
        Assert.Equal(204, (await SendAsync(app, "DELETE", $"/api:1/token/{token}")).Status);
        Assert.Equal(404, (await SendAsync(app, "GET", $"/api:1/token/{token}")).Status);
        Assert.Equal(404, (await SendAsync(app, "DELETE", $"/api:1/token/{token}")).Status);
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {token}");
    }

    [Fact]
    [Spec("b.1/5")]
    public async Task A_bad_log_in_gets_401_in_the_form_of_all_refusals()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var name = app.App.Run.Operator!.Name;
        var session = await LogInAsync(app, name, app.Secret);

        foreach (var (email, password) in ((string, string)[])[(name, "x"), ("somebody", app.Secret), ("", ""), (name, session)])
        {
            var (status, body) = await SendAsync(app, "POST", "/api:1/token/", JsonSerializer.Serialize(new { email, password }));
            Assert.Equal(401, status);
            Assert.Equal(("Name or secret is wrong.", 401, "bad-login"), (body.GetProperty("message").GetString(), body.GetProperty("code").GetInt32(), body.GetProperty("reason").GetString()));
        }

        Assert.Equal(400, (await SendAsync(app, "POST", "/api:1/token/", "[]")).Status);
        Assert.Equal(400, (await SendAsync(app, "POST", "/api:1/token/", """{"email":"x","password":"y","ttl":0}""")).Status);
    }

    [Fact]
    public async Task Who_guesses_secrets_of_a_name_has_to_wait_and_others_need_not()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Time = time, Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Devices:FailuresPerMinute"] = "3" } });
        var name = app.App.Run.Operator!.Name;
        var other = await app.Keys.CreateAsync("other", OperatorRole.Viewer, null, null, Token).Ok();
        var ended = await app.Keys.CreateAsync("ended", OperatorRole.Viewer, null, time.GetUtcNow().AddSeconds(30), Token).Ok();

        foreach (var status in (int[])[401, 401, 401, 429, 429])
        {
            Assert.Equal(status, (await SendAsync(app, "POST", "/api:1/token/", JsonSerializer.Serialize(new { email = name, password = "guess" }))).Status);
        }

        using (var refused = await app.SendAsync("POST", "/api:1/token/", JsonSerializer.Serialize(new { email = name, password = app.Secret }), null))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(20), refused.Headers.RetryAfter?.Delta);
        }

        // Others log in, and so does a key that is presented as it is; the one that is shut out gets in when its time has come.
        await LogInAsync(app, "other", other.Secret);
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "")).Status);
        time.Advance(TimeSpan.FromSeconds(31));
        await LogInAsync(app, name, app.Secret);

        // The right secret of a key that has ended is refused and not counted.
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(401, (await SendAsync(app, "POST", "/api:1/token/", JsonSerializer.Serialize(new { email = "ended", password = ended.Secret }))).Status);
        }
    }

    [Fact]
    public async Task Who_tries_keys_from_an_address_is_slowed_down_and_a_key_that_is_known_passes()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Time = time, Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Devices:FailuresPerAddressPerMinute"] = "3" } });
        var basic = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{app.App.Run.Operator!.Name}:guess"));

        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: "token guess");
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: basic);
        await app.RefusedAsync(401, "unknown-key", "PUT", "/identity/1234", "{}", "Bearer guess");
        await app.RefusedAsync(429, "too-many-failures", "GET", "", authorization: basic);
        await app.RefusedAsync(401, "no-credentials", "GET", "", authorization: "");
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "")).Status);

        // One log-in a second is looked at.
        Assert.Equal(401, (await SendAsync(app, "POST", "/api:1/token/", """{"email":"a","password":"guess"}""")).Status);
        Assert.Equal(429, (await SendAsync(app, "POST", "/api:1/token/", """{"email":"b","password":"guess"}""")).Status);
        time.Advance(TimeSpan.FromSeconds(1));
        await LogInAsync(app, app.App.Run.Operator!.Name, app.Secret);
    }

    [Fact]
    public async Task A_session_ends_after_its_time_at_most_the_longest_and_with_its_key()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Time = time });
        var name = app.App.Run.Operator!.Name;
        var made = (await app.Keys.CreateAsync("r", OperatorRole.Viewer, null, null, Token).Ok()).Secret;
        var (brief, longest, ofKey) = (await LogInAsync(app, name, app.Secret, ttl: 60), await LogInAsync(app, name, app.Secret, ttl: 1_000_000_000), await LogInAsync(app, "r", made));

        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"token {brief}")).Status);
        time.Advance(TimeSpan.FromSeconds(2));
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {brief}");
        Assert.True(OperatorSecret.TryParse(made, out var secret));
        await app.Keys.RevokeAsync(secret.Id, Token);
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {ofKey}");
        time.Advance(TimeSpan.FromDays(6));
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"token {longest}")).Status);
        time.Advance(TimeSpan.FromDays(1));
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {longest}");
    }

    [Fact]
    public async Task A_session_of_an_expiring_key_ends_with_it()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Time = time });
        var secret = (await app.Keys.CreateAsync("e", OperatorRole.Viewer, null, time.GetUtcNow().AddSeconds(30), Token).Ok()).Secret;

        var token = await LogInAsync(app, "e", secret);

        Assert.InRange((await SendAsync(app, "GET", $"/api:1/token/{token}")).Body.GetProperty("ttl").GetInt64(), 1, 30);
        time.Advance(TimeSpan.FromSeconds(31));
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {token}");
    }

    [Fact]
    public async Task Only_hashes_are_stored_and_what_has_ended_goes_with_the_next_log_in()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Time = time });
        var name = app.App.Run.Operator!.Name;
        var first = await LogInAsync(app, name, app.Secret, ttl: 60);
        var second = await LogInAsync(app, name, app.Secret, ttl: 60);
        Assert.Equal(2, (await SessionsAsync(app)).Count);

        time.Advance(TimeSpan.FromMinutes(2));
        var third = await LogInAsync(app, name, app.Secret);

        var row = Assert.Single(await SessionsAsync(app));
        Assert.EndsWith(Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(third))), row, StringComparison.Ordinal);
        Assert.DoesNotContain(third[12..], row, StringComparison.Ordinal);
        Assert.All([first, second, third], token => Assert.DoesNotContain(token, string.Join('\n', app.App.Log.Lines), StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_recovery_key_is_let_in_while_its_hash_is_set()
    {
        var secret = "msk_recoverykey0_" + new string('7', 64);
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Access:RecoveryKeyHash"] = Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(secret))) };
        var prefix = Names.TablePrefix();
        await using (var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = settings, TablePrefix = prefix }))
        {
            using var made = await app.SendAsync("POST", "/api:1/key", """{"name":"new","role":"admin"}""", $"token {secret}");
            Assert.Equal(HttpStatusCode.OK, made.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"token {await LogInAsync(app, "recovery", secret)}")).Status);
            await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {secret[..^1]}8");
            Assert.Contains(app.App.Log.Lines, line => line.Contains("The recovery key is in use", StringComparison.Ordinal));
        }

        await using var after = await ManagementApp.StartAsync(azurite, new TestAppOptions { TablePrefix = prefix });
        await after.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"token {secret}");
    }

    private static async Task<string> LogInAsync(ManagementApp app, string email, string password, string path = "/api:1/token/", long? ttl = null)
    {
        var (status, body) = await SendAsync(app, "POST", path, ttl is { } seconds ? JsonSerializer.Serialize(new { email, password, ttl = seconds }) : JsonSerializer.Serialize(new { email, password }));
        Assert.Equal(200, status);
        return Assert.Single(body.EnumerateObject()).Value.GetString()!;
    }

    private static async Task<(int Status, JsonElement Body)> SendAsync(ManagementApp app, string method, string path, string? body = null)
    {
        using var reply = await app.SendAsync(method, path, body, null);
        var text = await reply.Content.ReadAsStringAsync(Token);
        return ((int)reply.StatusCode, text.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(text) : default);
    }

    private static async Task<List<string>> SessionsAsync(ManagementApp app)
    {
        List<string> rows = [];
        await foreach (var row in app.App.Services.GetRequiredService<Tables>().Access.QueryAsync<TableEntity>("PartitionKey eq 'session'", cancellationToken: Token))
        {
            rows.Add(row.RowKey);
        }

        return rows;
    }
}
