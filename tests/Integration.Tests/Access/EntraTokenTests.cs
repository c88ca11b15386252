using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.ManagementApi;

namespace Murano.Integration.Tests.Access;

/// <summary>Which access tokens of an Entra ID tenant are taken, and what their roles allow; over real sockets, against an issuer of the tests' own.</summary>
public sealed class EntraTokenTests(AzuriteFixture azurite)
{
    private const string Other = "99999999-9999-4999-8999-999999999999";

    private const string Listed = "88888888-8888-4888-8888-888888888888";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_allows_what_it_allows_a_key()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        (string[] Roles, int Read, int Device, int Settings)[] expected =
        [
            (["viewer"], 200, 403, 403),
            (["operator"], 200, 204, 403),
            (["admin"], 200, 204, 204),
            (["Admin"], 200, 204, 204),
            (["viewer", "operator"], 200, 204, 403),
            (["something", "viewer"], 200, 403, 403),
        ];

        List<(string, int, int, int)> seen = [];
        foreach (var (roles, _, _, _) in expected)
        {
            var authorization = $"Bearer {issuer.TokenOf(roles)}";
            seen.Add((
                string.Join(' ', roles),
                await StatusAsync(app, "GET", "", authorization),
                await StatusAsync(app, "PUT", $"/identity/{string.Concat(roles)}", authorization, "{}"),
                await StatusAsync(app, "PATCH", "", authorization, """{"provisioning":{"enabled":true}}""")));
        }

        Assert.Equal(expected.Select(row => (string.Join(' ', row.Roles), row.Read, row.Device, row.Settings)), seen);
    }

    [Fact]
    public async Task Every_kind_of_token_of_the_tenant_for_this_API_is_taken_under_both_schemes()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        (string What, Action<JsonObject> Change)[] good =
        [
            ("as it is", _ => { }),
            ("the API's URI", claims => claims["aud"] = $"api://{LocalIssuer.ClientId}"),
            ("version 1.0", claims =>
            {
                claims["iss"] = $"https://sts.windows.net/{LocalIssuer.Tenant}/";
                claims["ver"] = "1.0";
                Move(claims, "azp", "appid");
                Move(claims, "preferred_username", "upn");
            }),
            ("several scopes", claims => claims["scp"] = "other access"),
            ("one role as a text", claims => claims["roles"] = "viewer"),
            ("the API's URI in capital letters", claims => claims["aud"] = $"API://{LocalIssuer.ClientId.ToUpperInvariant()}"),
            ("another page that the settings name", claims => claims["azp"] = Listed),
            ("a program", claims => ToProgram(claims)),
            ("a program that is no page", claims =>
            {
                ToProgram(claims);
                claims["azp"] = Other;
            }),
            ("a program that says so", claims =>
            {
                claims.Remove("scp");
                claims["idtyp"] = "app";
            }),
            ("ended within the skew", claims => Shift(claims, "exp", -3630)),
            ("begins within the skew", claims => Shift(claims, "nbf", 30)),
        ];

        foreach (var (what, change) in good)
        {
            var claims = issuer.ClaimsOf(new("ann@example.com", "viewer"));
            change(claims);
            foreach (var scheme in (string[])["Bearer", "token"])
            {
                Assert.Equal((what, 200), (what, await StatusAsync(app, "GET", "", $"{scheme} {issuer.Sign(claims)}")));
            }
        }
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_token_gets_the_one_refusal_of_an_unknown_key()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        using var stranger = new LocalIssuerKey();
        var bad = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["wrong issuer"] = Claims(claims => claims["iss"] = "https://login.example.com/" + LocalIssuer.Tenant + "/v2.0"),
            ["issuer of another tenant"] = Claims(claims => claims["iss"] = $"{issuer.Instance}{Other}/v2.0"),
            ["issuer of another tenant, 1.0"] = Claims(claims => claims["iss"] = $"https://sts.windows.net/{Other}/"),
            ["another tenant"] = Claims(claims => claims["tid"] = Other),
            ["no tenant"] = Claims(claims => claims.Remove("tid")),
            ["wrong audience"] = Claims(claims => claims["aud"] = Other),
            ["audience of the page"] = Claims(claims => claims["aud"] = LocalIssuer.ConsoleClientId),
            ["a person by another application"] = Claims(claims => claims["azp"] = Other),
            ["a person by another application, 1.0"] = Claims(claims =>
            {
                claims.Remove("azp");
                claims["appid"] = Other;
            }),
            ["a person by the API itself, which is no page here"] = Claims(claims => claims["azp"] = LocalIssuer.ClientId),
            ["no audience"] = Claims(claims => claims.Remove("aud")),
            ["not yet valid"] = Claims(claims => Shift(claims, "nbf", 90)),
            ["no end"] = Claims(claims => claims.Remove("exp")),
            ["no scope"] = Claims(claims => claims.Remove("scp")),
            ["another scope"] = Claims(claims => claims["scp"] = "access2 Access"),
            ["no object id"] = Claims(claims => claims.Remove("oid")),
            ["object id that is none"] = Claims(claims => claims["oid"] = "ann"),
            ["a person who calls itself a program"] = Claims(claims =>
            {
                ToProgram(claims);
                claims["idtyp"] = "user";
            }),
            ["id token"] = issuer.Sign(issuer.IdClaimsOf(new("ann@example.com", "admin"), "nonce")),
            ["id token, one registration for both"] = issuer.Sign(new JsonObject(issuer.IdClaimsOf(new("ann@example.com", "admin"), "nonce").Select(Copy)) { ["aud"] = LocalIssuer.ClientId }),
            ["another type"] = Header(header => header["typ"] = "secevent+jwt"),
            ["no type"] = Header(header => header.Remove("typ")),
            ["no key's id"] = Header(header => header.Remove("kid")),
            ["key's id is a number"] = Header(header => header["kid"] = 5),
            ["unknown key"] = stranger.Sign(issuer.Header, issuer.ClaimsOf(Admin)),
            ["unknown key's id"] = stranger.Sign(new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = stranger.Id }, issuer.ClaimsOf(Admin)),
            ["alg none"] = LocalIssuerKey.Join(With(issuer.Header, "alg", "none"), issuer.ClaimsOf(Admin), _ => []),
            ["alg none, no key's id"] = LocalIssuerKey.Join(new JsonObject { ["typ"] = "JWT", ["alg"] = "none" }, issuer.ClaimsOf(Admin), _ => []),
            ["RS256 without a signature"] = LocalIssuerKey.Join(issuer.Header, issuer.ClaimsOf(Admin), _ => []),
            ["HS256 with the public key"] = LocalIssuerKey.Join(With(issuer.Header, "alg", "HS256"), issuer.ClaimsOf(Admin), text => HMACSHA256.HashData(issuer.Key.Public, text)),
            ["PS256"] = Header(header => header["alg"] = "PS256"),
            ["claims that are no object"] = "eyJ0eXAiOiJKV1QifQ.W10.AAAA",
            ["three parts of nothing"] = "eyJ..",
            ["rubbish"] = "eyJ!!!.???.***",
        };
        var good = issuer.TokenOf("admin");
        bad["truncated"] = good[..^40];
        bad["without its signature"] = good[..(good.LastIndexOf('.') + 1)];
        bad["signature flipped"] = Flip(good, good.LastIndexOf('.') + 20);
        bad["claims flipped"] = Flip(good, good.IndexOf('.', StringComparison.Ordinal) + 60);
        bad["longer than any"] = issuer.Sign(With(issuer.ClaimsOf(Admin), "x", new string('x', 13_000)));

        Assert.Equal(200, await StatusAsync(app, "GET", "", $"Bearer {good}"));
        foreach (var (what, token) in bad)
        {
            var (status, body) = await app.CallAsync("GET", "", authorization: $"Bearer {token}");
            var json = JsonNode.Parse(body)!;
            Assert.Equal((what, HttpStatusCode.Unauthorized, "unknown-key", "The API key is not known."), (what, status, (string?)json["reason"], (string?)json["message"]));
        }

        string Claims(Action<JsonObject> change)
        {
            var claims = issuer.ClaimsOf(Admin);
            change(claims);
            return issuer.Sign(claims);
        }

        string Header(Action<JsonObject> change)
        {
            var header = issuer.Header;
            change(header);
            return issuer.Key.Sign(header, issuer.ClaimsOf(Admin));
        }
    }

    [Fact]
    public async Task An_access_token_is_no_password_and_no_session()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var token = issuer.TokenOf("admin");
        var basic = "Basic " + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"ann@example.com:{token}"));

        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: basic);
        using var login = await app.SendAsync("POST", "/api:1/token", $$"""{"email":"ann@example.com","password":"{{token[..300]}}"}""", null);
        Assert.Equal(HttpStatusCode.Unauthorized, login.StatusCode);
        using var session = await app.SendAsync("GET", $"/api:1/token/{token[..40]}", null, null);
        Assert.Equal(HttpStatusCode.NotFound, session.StatusCode);
    }

    [Fact]
    public async Task Who_has_no_role_here_is_told_so_and_who_comes_too_late_too()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var late = issuer.ClaimsOf(Admin);
        Shift(late, "exp", -3700);
        var lateAndElsewhere = With(late, "aud", Other);

        await app.RefusedAsync(403, "no-role", "GET", "", authorization: $"Bearer {issuer.TokenOf()}");
        await app.RefusedAsync(403, "no-role", "GET", "", authorization: $"Bearer {issuer.TokenOf("owner", "administrator")}");
        await app.RefusedAsync(401, "expired-key", "GET", "", authorization: $"Bearer {issuer.Sign(late)}");
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"Bearer {issuer.Sign(lateAndElsewhere)}");
    }

    [Theory]
    [InlineData("api://murano.example.com/use", "api://murano.example.com", "use", 200)]
    [InlineData("api://murano.example.com/use", LocalIssuer.ClientId, "use", 200)]
    [InlineData("api://murano.example.com/use", "api://murano.example.com", "access", 401)]
    [InlineData("api://murano.example.com/use", "api://other.example.com", "use", 401)]
    [InlineData("https://murano.example.com/.default", "https://murano.example.com", "access other", 200)]
    [InlineData("https://murano.example.com/.default", "https://murano.example.com", ".default", 401)]
    [InlineData(LocalIssuer.ClientId + "/access", LocalIssuer.ClientId, "access", 200)]
    public async Task The_audience_may_be_the_URI_by_which_the_page_asks(string asked, string audience, string scopes, int expected)
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = new Dictionary<string, string?>(issuer.Settings, StringComparer.Ordinal) { ["Entra:Scope"] = asked } });
        var claims = With(With(issuer.ClaimsOf(Admin), "aud", audience), "scp", scopes);

        Assert.Equal(expected, await StatusAsync(app, "GET", "", $"Bearer {issuer.Sign(claims)}"));
    }

    [Fact]
    public async Task What_a_role_does_not_allow_is_refused_in_words_that_are_true_of_everybody()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);

        var (status, body) = await app.CallAsync("PUT", "/identity/1", "{}", $"Bearer {issuer.TokenOf("viewer")}");

        Assert.Equal((HttpStatusCode.Forbidden, "role", "Your role does not allow this."), (status, (string?)JsonNode.Parse(body)!["reason"], (string?)JsonNode.Parse(body)!["message"]));
    }

    [Fact]
    public async Task A_header_that_no_server_takes_is_refused_before_anybody_looks()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var huge = issuer.Sign(With(issuer.ClaimsOf(Admin), "x", new string('x', 48 * 1024)));

        var reply = await RawHttp.ExchangeAsync(app.App.Http, $"GET /api:1/service/{app.Connector}/device2 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {huge}\r\n\r\n");

        Assert.InRange(huge.Length, 64 * 1024, 70 * 1024);
        Assert.Equal(431, reply.Status);
        Assert.Equal(200, await StatusAsync(app, "GET", "", $"Bearer {issuer.TokenOf("viewer")}"));
    }

    [Fact]
    public async Task Without_a_tenant_a_token_is_an_unknown_key_and_nobody_is_asked()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        var settings = issuer.Settings;
        settings["Entra:TenantId"] = "";
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = settings });

        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"Bearer {issuer.TokenOf("admin")}");

        Assert.Empty(issuer.Requests);
    }

    [Fact]
    public async Task Tokens_that_are_wrong_count_as_failed_and_those_that_are_good_pass_nevertheless()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer, 3);
        var good = issuer.TokenOf("viewer");
        var bad = Flip(good, good.LastIndexOf('.') + 20);

        List<int> statuses = [];
        for (var i = 0; i < 5; i++)
        {
            statuses.Add(await StatusAsync(app, "GET", "", $"Bearer {bad}"));
        }

        Assert.Equal([401, 401, 401, 429, 429], statuses);
        Assert.Equal(200, await StatusAsync(app, "GET", "", $"Bearer {good}"));
        Assert.Equal(403, await StatusAsync(app, "GET", "", $"Bearer {issuer.TokenOf()}"));
    }

    [Fact]
    public async Task Rubbish_makes_nobody_call_out_and_the_keys_are_fetched_once()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var foreign = issuer.ClaimsOf(Admin);
        foreign["iss"] = "https://login.example.com/" + LocalIssuer.Tenant + "/v2.0";
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"Bearer {issuer.Sign(foreign)}");
        await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: "Bearer eyJhbGciOiJSUzI1NiIsImtpZCI6ImEifQ.e30.AAAA");
        Assert.Empty(issuer.Requests);

        var tokens = Enumerable.Range(0, 40).Select(_ => issuer.TokenOf("viewer")).ToList();
        var statuses = await Task.WhenAll(tokens.Select(token => StatusAsync(app, "GET", "", $"Bearer {token}")));
        for (var i = 0; i < 20; i++)
        {
            var header = With(issuer.Header, "kid", string.Create(CultureInfo.InvariantCulture, $"unknown-{i}"));
            await app.RefusedAsync(401, "unknown-key", "GET", "", authorization: $"Bearer {issuer.Key.Sign(header, issuer.ClaimsOf(Admin))}");
        }

        Assert.All(statuses, status => Assert.Equal(200, status));
        Assert.Equal(
            [$"GET /{LocalIssuer.Tenant}/v2.0/.well-known/openid-configuration", $"GET /{LocalIssuer.Tenant}/discovery/v2.0/keys"], issuer.Requests, StringComparer.Ordinal);
    }

    [Fact]
    public async Task No_part_of_a_token_is_logged()
    {
        await using var issuer = await LocalIssuer.StartAsync();
        await using var app = await StartAsync(issuer);
        var good = issuer.TokenOf("admin");
        var bad = Flip(issuer.TokenOf("admin"), good.LastIndexOf('.') + 20);
        await app.CallAsync("PUT", "/identity/1", "{}", $"Bearer {good}");
        await app.CallAsync("GET", "", authorization: $"Bearer {bad}");
        await app.CallAsync("GET", "/nothing", authorization: $"Bearer {good}");
        issuer.Instead = context =>
        {
            context.Abort();
            return Task.CompletedTask;
        };
        await app.CallAsync("GET", "", authorization: $"Bearer {issuer.Key.Sign(With(issuer.Header, "kid", "x"), issuer.ClaimsOf(Admin))}");

        var log = app.App.Log.Text;
        Assert.Contains("An access token was refused", log, StringComparison.Ordinal);
        Assert.All(good.Split('.').Concat(bad.Split('.').Skip(1)), part => Assert.DoesNotContain(part[..40], log, StringComparison.Ordinal));
    }

    private static LocalPerson Admin { get; } = new("ann@example.com", "admin");

    private Task<ManagementApp> StartAsync(LocalIssuer issuer, int failures = 0)
    {
        var settings = issuer.Settings;
        settings["Entra:AllowedClients"] = $"77777777-7777-4777-8777-777777777777, {Listed}";
        settings["Devices:FailuresPerAddressPerMinute"] = failures.ToString(CultureInfo.InvariantCulture);
        return ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = settings });
    }

    private static async Task<int> StatusAsync(ManagementApp app, string method, string path, string authorization, string? body = null) =>
        (int)(await app.CallAsync(method, path, body, authorization)).Status;

    private static JsonObject With(JsonObject json, string name, JsonNode value) => new(json.Select(Copy)) { [name] = value };

    private static KeyValuePair<string, JsonNode?> Copy(KeyValuePair<string, JsonNode?> pair) => new(pair.Key, pair.Value?.DeepClone());

    private static void Shift(JsonObject claims, string name, long seconds) => claims[name] = (long)claims[name]! + seconds;

    private static void Move(JsonObject claims, string from, string to)
    {
        claims[to] = (string?)claims[from];
        claims.Remove(from);
    }

    private static void ToProgram(JsonObject claims)
    {
        claims.Remove("scp");
        claims.Remove("preferred_username");
        claims["sub"] = (string?)claims["oid"];
    }

    // Another letter of base64 in its place, well inside of a part.
    private static string Flip(string token, int at) => $"{token[..at]}{(token[at] == 'A' ? 'B' : 'A')}{token[(at + 1)..]}";
}
