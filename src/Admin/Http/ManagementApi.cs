using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Murano.Admin.Http;

/// <summary>A management API, Murano's or this product's: both are spoken to in the same way. Credentials go to the API alone, never to signed addresses.</summary>
internal sealed class ManagementApi : IDisposable
{
    private const string Version = "api:1/";

    private readonly HttpClient _http;
    private readonly OperatorLogin _login;
    private readonly Uri _base;
    private readonly SemaphoreSlim _renewing = new(1);
    private string? _token;
    private bool _isIn;

    private ManagementApi(HttpClient http, Uri address, OperatorLogin login) => (_http, _base, _login) = (http, address, login);

    /// <summary>Connects: finds out the credentials, and logs in when they are name and password.</summary>
    /// <exception cref="AdminException">There are no credentials, or they are refused; or the address is not to be trusted with them.</exception>
    public static async Task<ManagementApi> ConnectAsync(AdminHost host, string address, string? email, CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http"))
        {
            throw new AdminException($"{address} is no address.");
        }

        if (url.Scheme is "http" && !url.IsLoopback)
        {
            throw new AdminException("Over plain http everybody on the way would read the credentials. Use https.");
        }

        // The colon would make a scheme of it in a relative address.
        url = url.AbsolutePath.EndsWith(Version, StringComparison.Ordinal) ? url : new Uri(url.AbsoluteUri + Version);
        var login = OperatorLogin.Find(host, email);
        var network = host.Network(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(30), PooledConnectionLifetime = TimeSpan.FromMinutes(5), AllowAutoRedirect = false });
        var http = new HttpClient(new RetryHandler(network, host.Wait, host.Time)) { Timeout = Timeout.InfiniteTimeSpan };
        var api = new ManagementApi(http, url, login);
        try
        {
            api._token = login.Token ?? await api.LogInAsync(cancellationToken);
        }
        catch
        {
            api.Dispose();
            throw;
        }

        return api;
    }

    /// <summary>Sends a request below <c>/api:1/</c>.</summary>
    /// <exception cref="AdminException">The credentials are refused.</exception>
    public async Task<ApiReply> SendAsync(HttpMethod method, string path, string? json, CancellationToken cancellationToken, bool once = false)
    {
        var token = _token;
        var reply = await TryAsync(method, path, json, token, once, cancellationToken);
        if (reply.Status == 401 && _login.Password is not null)
        {
            await RenewAsync(token, cancellationToken);
            reply = await TryAsync(method, path, json, _token, once, cancellationToken);
        }

        if (reply.Status is 401)
        {
            var message = $"{_base.Host} refuses the credentials: {reply.Message}";
            throw _isIn ? AdminException.BrokeOff(message) : new AdminException(message);
        }

        _isIn = true;
        return reply;
    }

    /// <summary>Reads what lies under an address.</summary>
    public Task<ApiReply> GetAsync(string path, CancellationToken cancellationToken) => SendAsync(HttpMethod.Get, path, null, cancellationToken);

    /// <summary>A signed address of an answer; null = it has none that can be followed: https it has to be, or plain http where the API itself is spoken to so on this machine.</summary>
    public Uri? SignedAddress(ApiReply reply) =>
        reply.IsOk && Uri.TryCreate(reply.Text("url"), UriKind.Absolute, out var url) && (url.Scheme is "https" || (url.Scheme is "http" && _base is { Scheme: "http", IsLoopback: true })) ? url : null;

    /// <summary>Sends a request to a signed address, without credentials. The answer's body is read as it comes.</summary>
    public Task<HttpResponseMessage> SendSignedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(RetryHandler.Streamed, true);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Ends a session that this program began. A failure does not matter: the session ends by itself.</summary>
    public async Task LogOutAsync()
    {
        if (_login.Password is null || _token is null)
        {
            return;
        }

        try
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await TryAsync(HttpMethod.Delete, $"token/{Uri.EscapeDataString(_token)}", null, _token, once: true, deadline.Token);
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException or IOException)
        {
            // See above.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _renewing.Dispose();
    }

    private async Task<ApiReply> TryAsync(HttpMethod method, string path, string? json, string? token, bool once, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(_base, path));
        request.Options.Set(RetryHandler.Once, once);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MuranoAdmin", "1"));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", $"token {token}");
        }

        if (json is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }

        using var reply = await _http.SendAsync(request, cancellationToken);
        return new ApiReply((int)reply.StatusCode, Parse(await reply.Content.ReadAsByteArrayAsync(cancellationToken)));
    }

    private async Task RenewAsync(string? refused, CancellationToken cancellationToken)
    {
        await _renewing.WaitAsync(cancellationToken);
        try
        {
            _token = string.Equals(_token, refused, StringComparison.Ordinal) ? await LogInAsync(cancellationToken) : _token;
        }
        finally
        {
            _renewing.Release();
        }
    }

    private async Task<string> LogInAsync(CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new { email = _login.Email, password = _login.Password });
        var reply = await TryAsync(HttpMethod.Post, "token/", body, null, once: false, cancellationToken);
        return reply.IsOk && reply.Text("token") is { Length: > 0 } token ? token
            : reply is { Status: 409 } ? throw new AdminException("The account asks for a second factor, which this program cannot give. Log in elsewhere and set MURANO_TOKEN to the token.")
            : throw new AdminException($"{_base.Host} does not let {_login.Email} in: {reply.Message}");
    }

    private static JsonElement? Parse(byte[] body)
    {
        try
        {
            if (body.Length == 0)
            {
                return null;
            }

            using var document = JsonDocument.Parse(body);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null; // a page of some proxy
        }
    }
}
