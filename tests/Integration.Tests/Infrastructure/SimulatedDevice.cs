using System.Net;
using System.Text;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>A device as its firmware sees the world: it activates, writes and reads over HTTP.</summary>
public sealed class SimulatedDevice
{
    private readonly HttpClient _client;
    private readonly string _host;

    private SimulatedDevice(HttpClient client, string host, string identity, string token) =>
        (_client, _host, Identity, Token) = (client, host, identity, token);

    /// <summary>Its serial number.</summary>
    public string Identity { get; }

    /// <summary>Its token.</summary>
    public string Token { get; }

    /// <summary>Activates a device of the app's first connector.</summary>
    /// <param name="app">The app.</param>
    /// <param name="identity">A fresh one when null.</param>
    public static Task<SimulatedDevice> ActivateAsync(TestApp app, string? identity = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        return ActivateAsync(app.Client, HostOf(app), identity);
    }

    /// <summary>Activates a device at any address.</summary>
    /// <param name="client">Knows the address.</param>
    /// <param name="host">The Host header by which the connector is found.</param>
    /// <param name="identity">A fresh one when null.</param>
    public static async Task<SimulatedDevice> ActivateAsync(HttpClient client, string host, string? identity = null)
    {
        identity ??= Names.Identity();
        var (status, token) = await PostActivationAsync(client, host, identity);
        Assert.Equal(HttpStatusCode.OK, status);
        return With(client, host, identity, token);
    }

    /// <summary>A device that has its token already.</summary>
    public static SimulatedDevice With(HttpClient client, string host, string identity, string token) => new(client, host, identity, token);

    /// <summary>Asks for activation, whatever the answer.</summary>
    public static async Task<(HttpStatusCode Status, string Body)> PostActivationAsync(HttpClient client, string host, string identity)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var request = Request(HttpMethod.Post, host, "/provision/activate");
        request.Content = Form("id=" + Uri.EscapeDataString(identity));
        using var reply = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>The value of the Host header by which devices of the app's first connector call.</summary>
    public static string HostOf(TestApp app)
    {
        ArgumentNullException.ThrowIfNull(app);
        return app.Run.Fqdn ?? app.Http.Authority;
    }

    /// <summary>Writes values; fails unless the reply is 204.</summary>
    public async Task WriteAsync(params (string Alias, string Value)[] values)
    {
        using var reply = await PostAsync(string.Join('&', values.Select(value => $"{Uri.EscapeDataString(value.Alias)}={Uri.EscapeDataString(value.Value)}")));
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }

    /// <summary>Sends a body, and a query with its question mark, as they are.</summary>
    public async Task<HttpResponseMessage> PostAsync(string body, string query = "")
    {
        using var request = Request(HttpMethod.Post, _host, "/onep:v1/stack/alias" + query);
        request.Headers.Add("X-Exosite-CIK", Token);
        request.Content = Form(body);
        return await _client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Reads values; fails unless the reply is 200 or 204.</summary>
    /// <returns>The reply's body, a form; empty for 204.</returns>
    public async Task<string> ReadAsync(params string[] aliases)
    {
        using var request = Request(HttpMethod.Get, _host, "/onep:v1/stack/alias?" + string.Join('&', aliases.Select(Uri.EscapeDataString)));
        request.Headers.Add("X-Exosite-CIK", Token);
        using var reply = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.True(reply.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent, reply.ToString());
        return await reply.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static HttpRequestMessage Request(HttpMethod method, string host, string address)
    {
        var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        request.Headers.Host = host;
        return request;
    }

    private static StringContent Form(string body) => new(body, Encoding.UTF8, "application/x-www-form-urlencoded");
}
