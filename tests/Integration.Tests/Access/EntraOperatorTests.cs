using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.ManagementApi;

namespace Murano.Integration.Tests.Access;

/// <summary>What somebody does who came with an access token of Entra ID: it is noted in their name, and ends with their token.</summary>
public sealed class EntraOperatorTests(AzuriteFixture azurite)
{
    private static readonly LocalPerson Ann = new("ann@example.com", "admin");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_learns_who_it_is_and_sees_every_connector()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = issuer.Settings });
        var token = issuer.Sign(issuer.ClaimsOf(Ann with { Roles = ["operator"] }));

        Assert.Equal("ann@example.com", (string?)(await JsonAsync(app, "/api:1/business/murano/overview", token))["email"]);
        Assert.Equal("operator", (string?)(await JsonAsync(app, $"/api:1/user/{Uri.EscapeDataString("ann@example.com")}/membership/", token))[0]!["role"]);
        Assert.Equal(app.Connector, (string?)Assert.Single((JsonArray)await JsonAsync(app, "/api:1/business/murano/solution/", token))!["sid"]);
    }

    [Fact]
    public async Task A_change_is_noted_in_the_name_of_who_made_it()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = issuer.Settings });
        var claims = issuer.ClaimsOf(Ann);
        claims["preferred_username"] = "ann\r\n\u202e\u0000@example.com";

        Assert.Equal(HttpStatusCode.NoContent, (await app.CallAsync("PUT", "/identity/1234", "{}", $"Bearer {issuer.Sign(claims)}")).Status);

        Assert.Equal((Ann.Name, $"entra-{Ann.ObjectId}", "Management_Identity_Put"), Assert.Single(await AuditAsync(app)));
    }

    [Fact]
    public async Task An_admin_makes_keys_that_last_and_revokes_all_but_the_last()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = issuer.Settings });
        var authorization = $"Bearer {issuer.Sign(issuer.ClaimsOf(Ann))}";

        using var made = await app.SendAsync("POST", "/api:1/key", """{"name":"script","role":"admin"}""", authorization);
        var key = JsonNode.Parse(await made.Content.ReadAsStringAsync(Token))!;
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"token {(string?)key["secret"]}")).Status);
        using var revoked = await app.SendAsync("DELETE", $"/api:1/key/{(string?)key["id"]}", null, authorization);
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using var last = await app.SendAsync("DELETE", $"/api:1/key/{app.Secret[4..16]}", null, authorization);
        Assert.Equal(HttpStatusCode.Conflict, last.StatusCode);
        using var herself = await app.SendAsync("DELETE", $"/api:1/key/entra-{Ann.ObjectId}", null, authorization);
        Assert.Equal(HttpStatusCode.NotFound, herself.StatusCode);
    }

    [Fact]
    public async Task Signed_addresses_hold_until_their_time_or_the_token_ends_and_name_who_asked_by_their_id_alone()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var issuer = await LocalIssuer.StartAsync(time);
        issuer.Lifetime = TimeSpan.FromSeconds(10); // and a minute for clocks that differ
        await using var app = await ContentApp.StartAsync(azurite, new TestAppOptions { Settings = issuer.Settings, Time = time });
        var token = issuer.Sign(issuer.ClaimsOf(Ann));

        var offer = await app.OfferAsync("a", "new"u8.ToArray(), secret: token);
        Assert.Equal(HttpStatusCode.NoContent, (await app.PostAsync(offer, "new"u8.ToArray())).Status);
        Assert.Equal(($"entra-{Ann.ObjectId}", $"entra-{Ann.ObjectId}", "Management_Content_Signed_Post"), Assert.Single(await AuditAsync(app.App)));

        var brief = await AddressAsync("");
        var longest = await AddressAsync("?expires_in=600");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (await FetchAsync(brief), await FetchAsync(longest)));
        Assert.Equal(HttpStatusCode.Forbidden, await FetchAsync(longest.Replace(Ann.ObjectId, Ann.ObjectId[..^1] + "f", StringComparison.Ordinal)));
        Assert.Contains($"key=entra-{Ann.ObjectId}&", longest, StringComparison.Ordinal);
        Assert.DoesNotContain("ann", longest, StringComparison.Ordinal);

        time.Advance(TimeSpan.FromSeconds(71));
        Assert.Equal(HttpStatusCode.Forbidden, await FetchAsync(longest));

        async Task<string> AddressAsync(string query) => (await app.JsonAsync("GET", $"/a/download{query}", secret: token)).GetProperty("url").GetString()!;

        async Task<HttpStatusCode> FetchAsync(string address)
        {
            using var reply = await app.FetchAsync(address);
            return reply.StatusCode;
        }
    }

    [Fact]
    public async Task A_job_tells_who_started_it_by_their_id_because_two_may_have_one_name()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = issuer.Settings });
        var token = issuer.Sign(issuer.ClaimsOf(Ann));

        using var started = await app.SendAsync("POST", $"/api:1/service/{app.Connector}/device2/jobs", """{"kind":"import","rows":[{"identity":"a"}]}""", $"Bearer {token}");
        var job = JsonNode.Parse(await started.Content.ReadAsStringAsync(Token))!;

        Assert.Equal((Ann.Name, $"entra-{Ann.ObjectId}"), ((string?)job["by"], (string?)job["byId"]));
    }

    [Fact]
    public async Task A_live_log_in_a_reply_ends_with_the_token()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var issuer = await LocalIssuer.StartAsync(time);
        issuer.Lifetime = TimeSpan.FromSeconds(10);
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = issuer.Settings, Time = time });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{app.App.Http}api:1/solution/{app.Connector}/logs?polling=true");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {issuer.TokenOf("viewer")}");
        using var client = new HttpClient();
        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);

        var end = reply.Content.ReadAsStringAsync(Token);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                return end.IsCompleted;
            },
            "the log ends");

        Assert.True(time.GetUtcNow() - time.Start >= TimeSpan.FromSeconds(70));
    }

    [Fact]
    public async Task A_browser_signs_in_with_a_code_and_PKCE_and_its_token_is_taken_here()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = issuer.Settings });
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        browser.DefaultRequestHeaders.Add("Origin", app.App.Http.GetLeftPart(UriPartial.Authority));
        var description = (await browser.GetFromJsonAsync<JsonObject>($"{issuer.Authority}/.well-known/openid-configuration", Token))!;
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var redirect = $"{app.App.Http}console/sign-in";

        var query = await AuthorizeAsync("query", "S256");
        Assert.Equal("the state", query["state"]);
        Assert.Equal("invalid_grant", (string?)(await ExchangeAsync(query["code"]!, verifier + "x"))["error"]);
        Assert.Equal("invalid_grant", (string?)(await ExchangeAsync(query["code"]!, verifier))["error"]); // a code is used once, whoever tries
        Assert.Equal("invalid_request", (await AuthorizeAsync("query", "plain"))["error"]);
        var tokens = await ExchangeAsync((await AuthorizeAsync("fragment", "S256"))["code"]!, verifier);
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"Bearer {(string?)tokens["access_token"]}")).Status);
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"Bearer {(string?)tokens["id_token"]}");
        var again = await TokenAsync(new(StringComparer.Ordinal) { ["grant_type"] = "refresh_token", ["client_id"] = LocalIssuer.ConsoleClientId, ["refresh_token"] = (string)tokens["refresh_token"]! });
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"Bearer {(string?)again["access_token"]}")).Status);
        issuer.SignedIn = null;
        Assert.Equal("access_denied", (await AuthorizeAsync("fragment", "S256"))["error"]);

        async Task<Dictionary<string, string?>> AuthorizeAsync(string mode, string method)
        {
            var address = QueryHelpers.AddQueryString((string)description["authorization_endpoint"]!, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["client_id"] = LocalIssuer.ConsoleClientId,
                ["response_type"] = "code",
                ["response_mode"] = mode,
                ["redirect_uri"] = redirect,
                ["scope"] = $"openid profile offline_access {LocalIssuer.Scope}",
                ["state"] = "the state",
                ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
                ["code_challenge_method"] = method,
            });
            using var reply = await browser.GetAsync(address, Token);
            Assert.Equal(HttpStatusCode.Redirect, reply.StatusCode);
            var location = reply.Headers.Location!;
            Assert.StartsWith(redirect, location.AbsoluteUri, StringComparison.Ordinal);
            return QueryHelpers.ParseQuery(mode is "query" ? location.Query : location.Fragment.TrimStart('#')).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString(), StringComparer.Ordinal);
        }

        Task<JsonObject> ExchangeAsync(string code, string proof) => TokenAsync(new(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = LocalIssuer.ConsoleClientId,
            ["code"] = code,
            ["redirect_uri"] = redirect,
            ["code_verifier"] = proof,
        });

        async Task<JsonObject> TokenAsync(Dictionary<string, string> form)
        {
            using var content = new FormUrlEncodedContent(form);
            using var reply = await browser.PostAsync(new Uri((string)description["token_endpoint"]!), content, Token);
            Assert.Equal(app.App.Http.GetLeftPart(UriPartial.Authority), Assert.Single(reply.Headers.GetValues("Access-Control-Allow-Origin")));
            return (await reply.Content.ReadFromJsonAsync<JsonObject>(Token))!;
        }
    }

    private static async Task<JsonNode> JsonAsync(ManagementApp app, string path, string token)
    {
        using var reply = await app.SendAsync("GET", path, null, $"Bearer {token}");
        var text = await reply.Content.ReadAsStringAsync(Token);
        Assert.True(reply.IsSuccessStatusCode, $"{reply.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    private static async Task<List<(string Name, string Key, string Action)>> AuditAsync(ManagementApp app)
    {
        using var reply = await app.SendAsync("GET", "/api:1/audit", null, $"token {app.Secret}");
        var items = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Token)).GetProperty("items");
        return [.. items.EnumerateArray().Select(item => (item.GetProperty("name").GetString()!, item.GetProperty("key").GetString()!, item.GetProperty("action").GetString()!))];
    }
}
