using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>
/// An Entra ID tenant in this process: a description, keys, sign-in with a code and PKCE that asks nobody, and tokens, on a free port of 127.0.0.1. Addresses and claims are like those
/// of Entra ID. Browsers may ask from any origin of this machine.
/// </summary>
internal sealed class LocalIssuer : IAsyncDisposable
{
    /// <summary>Id of the tenant.</summary>
    public const string Tenant = "11111111-1111-4111-8111-111111111111";

    /// <summary>Application id of the API.</summary>
    public const string ClientId = "22222222-2222-4222-8222-222222222222";

    /// <summary>Application id of the management page.</summary>
    public const string ConsoleClientId = "33333333-3333-4333-8333-333333333333";

    /// <summary>The scope that the page asks for.</summary>
    public const string Scope = $"api://{ClientId}/access";

    private const string RedirectPath = "/console/sign-in";
    private const string OAuth = $"/{Tenant}/oauth2/v2.0";

    private readonly ConcurrentDictionary<string, Grant> _codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Grant> _refreshTokens = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly TimeProvider _time;
    private readonly List<LocalIssuerKey> _keys = [new()];
    private LoopbackServer? _server;

    private LocalIssuer(TimeProvider time) => _time = time;

    /// <summary>Where people sign in: <c>Entra:Instance</c>.</summary>
    public string Instance => FormattableString.Invariant($"http://127.0.0.1:{_server!.Port}/");

    /// <summary>What the page and the app know the tenant by.</summary>
    public string Authority => $"{Instance}{Tenant}/v2.0";

    /// <summary>Settings of an app that trusts this issuer.</summary>
    public Dictionary<string, string?> Settings => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Entra:TenantId"] = Tenant,
        ["Entra:ClientId"] = ClientId,
        ["Entra:ConsoleClientId"] = ConsoleClientId,
        ["Entra:Instance"] = Instance,
    };

    /// <summary>Who signs in when a browser comes; null = whoever it is says no.</summary>
    public LocalPerson? SignedIn { get; set; } = new("ann@example.com", "admin");

    /// <summary>How long tokens last.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Answers in place of the issuer when it is set.</summary>
    public RequestDelegate? Instead { get; set; }

    /// <summary>What was asked for so far: method and path.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The key that signs now.</summary>
    public LocalIssuerKey Key => _keys[^1];

    /// <summary>The first part of every token.</summary>
    public JsonObject Header => new() { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = Key.Id };

    /// <summary>Starts one.</summary>
    public static async Task<LocalIssuer> StartAsync(TimeProvider? time = null)
    {
        var issuer = new LocalIssuer(time ?? TimeProvider.System);
        issuer._server = await LoopbackServer.StartAsync(issuer.AnswerAsync);
        return issuer;
    }

    /// <summary>Signs with a new key from now on; the old one is listed no longer.</summary>
    public void Roll()
    {
        _keys.ForEach(key => key.Dispose());
        _keys.Clear();
        _keys.Add(new());
    }

    /// <summary>An access token of somebody with these roles.</summary>
    public string TokenOf(params string[] roles) => Sign(ClaimsOf(new LocalPerson("ann@example.com", roles)));

    /// <summary>A token with these claims, signed with the present key.</summary>
    public string Sign(JsonObject claims) => Key.Sign(Header, claims);

    /// <summary>What an access token of version 2.0 says of a person whom the page acts for.</summary>
    public JsonObject ClaimsOf(LocalPerson person)
    {
        var now = _time.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["aud"] = ClientId,
            ["iss"] = Authority,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + (long)Lifetime.TotalSeconds,
            ["azp"] = ConsoleClientId,
            ["azpacr"] = "0",
            ["name"] = $"Name of {person.Name}",
            ["oid"] = person.ObjectId,
            ["preferred_username"] = person.Name,
            ["roles"] = new JsonArray([.. person.Roles.Select(role => JsonValue.Create(role))]),
            ["scp"] = "access",
            ["sub"] = $"pairwise-{person.ObjectId}",
            ["tid"] = Tenant,
            ["uti"] = RandomNumberGenerator.GetHexString(16),
            ["ver"] = "2.0",
        };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _keys.ForEach(key => key.Dispose());
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (request, reply) = (context.Request, context.Response);
        _requests.Enqueue($"{request.Method} {request.Path}");
        if (request.Headers.Origin is [{ } origin] && Uri.TryCreate(origin, UriKind.Absolute, out var page) && page.IsLoopback)
        {
            reply.Headers.AccessControlAllowOrigin = origin;
            reply.Headers.AccessControlAllowHeaders = "content-type, x-client-sku, x-client-ver";
            reply.Headers.AccessControlAllowMethods = "GET, POST";
            reply.Headers.Vary = "Origin";
        }

        await (Instead is { } instead ? instead(context) : (request.Method, request.Path.Value) switch
        {
            ("OPTIONS", _) => NothingAsync(reply),
            ("GET", $"/{Tenant}/v2.0/.well-known/openid-configuration") => reply.WriteAsJsonAsync(Description()),
            ("GET", $"/{Tenant}/discovery/v2.0/keys") => reply.WriteAsJsonAsync(new JsonObject { ["keys"] = new JsonArray([.. _keys.Select(key => key.ToJson(Authority))]) }),
            ("GET", OAuth + "/authorize") => AuthorizeAsync(request, reply),
            ("POST", OAuth + "/token") => ExchangeAsync(request, reply),
            ("GET", OAuth + "/logout") => LeaveAsync(request, reply),
            _ => RefuseAsync(reply, "not_found", "There is nothing here.", StatusCodes.Status404NotFound),
        });
    }

    private JsonObject Description() => new()
    {
        ["issuer"] = Authority,
        ["authorization_endpoint"] = $"{Instance.TrimEnd('/')}{OAuth}/authorize",
        ["token_endpoint"] = $"{Instance.TrimEnd('/')}{OAuth}/token",
        ["end_session_endpoint"] = $"{Instance.TrimEnd('/')}{OAuth}/logout",
        ["jwks_uri"] = $"{Instance}{Tenant}/discovery/v2.0/keys",
        ["response_types_supported"] = new JsonArray("code"),
        ["response_modes_supported"] = new JsonArray("query", "fragment"),
        ["scopes_supported"] = new JsonArray("openid", "profile", "email", "offline_access"),
        ["subject_types_supported"] = new JsonArray("pairwise"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["code_challenge_methods_supported"] = new JsonArray("S256"),
    };

    // What is wrong with client or address is told to the person, never sent to the address.
    private Task AuthorizeAsync(HttpRequest request, HttpResponse reply)
    {
        var (redirect, mode) = (Text("redirect_uri"), Text("response_mode") is { Length: > 0 } named ? named : "query");
        if (!string.Equals(Text("client_id"), ConsoleClientId, StringComparison.Ordinal))
        {
            return RefuseAsync(reply, "unauthorized_client", "The client is not known.");
        }

        if (!Uri.TryCreate(redirect, UriKind.Absolute, out var address) || !address.IsLoopback || !string.Equals(address.AbsolutePath, RedirectPath, StringComparison.Ordinal))
        {
            return RefuseAsync(reply, "invalid_request", "The redirect address is not registered.");
        }

        var scopes = Text("scope").Split(' ');
        var problem = Text("response_type") is not "code" ? "unsupported_response_type"
            : mode is not ("query" or "fragment") || Text("code_challenge_method") is not "S256" || Text("code_challenge").Length != 43 ? "invalid_request"
            : !scopes.Contains(Scope, StringComparer.Ordinal) ? "invalid_scope"
            : SignedIn is null ? "access_denied"
            : null;
        var answer = new Dictionary<string, string?>(StringComparer.Ordinal) { ["state"] = Text("state") is { Length: > 0 } state ? state : null };
        if (problem is null)
        {
            var code = RandomNumberGenerator.GetHexString(32, lowercase: true);
            _codes[code] = new(SignedIn!, redirect, Text("code_challenge"), Text("nonce"), scopes);
            answer["code"] = code;
        }
        else
        {
            answer["error"] = problem;
            answer["error_description"] = "The local issuer says no.";
        }

        var query = QueryHelpers.AddQueryString("", answer);
        reply.Redirect(redirect + (mode is "query" ? query : $"#{query[1..]}"));
        return Task.CompletedTask;

        string Text(string name) => request.Query[name].LastOrDefault() ?? "";
    }

    private async Task ExchangeAsync(HttpRequest request, HttpResponse reply)
    {
        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        var grant = Text("grant_type") switch
        {
            "authorization_code" when _codes.TryRemove(Text("code"), out var code) && code.Takes(Text("redirect_uri"), Text("code_verifier")) => code,
            "refresh_token" when _refreshTokens.TryRemove(Text("refresh_token"), out var refresh) => refresh,
            _ => null,
        };
        if (grant is null || !string.Equals(Text("client_id"), ConsoleClientId, StringComparison.Ordinal))
        {
            await RefuseAsync(reply, "invalid_grant", "Code, verifier, client or refresh token does not hold.");
            return;
        }

        // A page's codes are for pages only.
        if (request.Headers.Origin.Count == 0)
        {
            await RefuseAsync(reply, "invalid_request", "Tokens for a page are given across origins only.");
            return;
        }

        var json = new JsonObject
        {
            ["token_type"] = "Bearer",
            ["scope"] = Scope,
            ["expires_in"] = (long)Lifetime.TotalSeconds,
            ["access_token"] = Sign(ClaimsOf(grant.Person)),
        };
        if (grant.Scopes.Contains("offline_access", StringComparer.Ordinal))
        {
            var refresh = RandomNumberGenerator.GetHexString(32, lowercase: true);
            _refreshTokens[refresh] = grant;
            json["refresh_token"] = refresh;
        }

        if (grant.Scopes.Contains("openid", StringComparer.Ordinal))
        {
            json["id_token"] = Sign(IdClaimsOf(grant.Person, grant.Nonce));
        }

        reply.Headers.CacheControl = "no-store";
        await reply.WriteAsJsonAsync(json);

        string Text(string name) => form[name].LastOrDefault() ?? "";
    }

    /// <summary>What an ID token says, which is for the page and for nobody else.</summary>
    public JsonObject IdClaimsOf(LocalPerson person, string nonce)
    {
        var claims = ClaimsOf(person);
        foreach (var name in (string[])["azp", "azpacr", "scp"])
        {
            claims.Remove(name);
        }

        claims["aud"] = ConsoleClientId;
        claims["nonce"] = nonce;
        return claims;
    }

    private static Task LeaveAsync(HttpRequest request, HttpResponse reply)
    {
        reply.Redirect(request.Query["post_logout_redirect_uri"].LastOrDefault() is { } address && new Uri(address).IsLoopback ? address : "about:blank");
        return Task.CompletedTask;
    }

    private static Task NothingAsync(HttpResponse reply)
    {
        reply.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpResponse reply, string error, string description, int status = StatusCodes.Status400BadRequest)
    {
        reply.StatusCode = status;
        return reply.WriteAsJsonAsync(new JsonObject { ["error"] = error, ["error_description"] = description });
    }

    private sealed record Grant(LocalPerson Person, string Redirect, string Challenge, string Nonce, string[] Scopes)
    {
        public bool Takes(string redirect, string verifier) =>
            string.Equals(redirect, Redirect, StringComparison.Ordinal)
            && verifier.Length is >= 43 and <= 128
            && string.Equals(Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))), Challenge, StringComparison.Ordinal);
    }
}
