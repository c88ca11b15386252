using System.Net;
using System.Text;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>A device as its firmware sees the world: it activates, writes and reads over HTTP.</summary>
public sealed class SimulatedDevice
{
    private readonly HttpClient _client;

    private SimulatedDevice(HttpClient client, string connector, string identity, string token) =>
        (_client, Connector, Identity, Token) = (client, connector, identity, token);

    /// <summary>Its connector.</summary>
    public string Connector { get; }

    /// <summary>Its serial number.</summary>
    public string Identity { get; }

    /// <summary>Its token.</summary>
    public string Token { get; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A device that has been activated already, perhaps elsewhere.</summary>
    public static SimulatedDevice With(HttpClient client, string connector, string identity, string token) => new(client, connector, identity, token);

    /// <summary>Activates a device of the app's first connector; fails unless that succeeds.</summary>
    public static Task<SimulatedDevice> ActivateAsync(TestApp app, string? identity = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        return ActivateAsync(app.Client, app.Run.Connector!, identity);
    }

    /// <summary>Activates a device; fails unless that succeeds.</summary>
    /// <param name="client">Its base address is the app's.</param>
    /// <param name="connector">The connector that it says it belongs to.</param>
    /// <param name="identity">A fresh one when null.</param>
    public static async Task<SimulatedDevice> ActivateAsync(HttpClient client, string connector, string? identity = null)
    {
        identity ??= Names.Identity();
        var (status, token) = await PostActivationAsync(client, connector, identity);
        Assert.Equal(HttpStatusCode.OK, status);
        return new(client, connector, identity, token);
    }

    /// <summary>Asks for a token, as libraries do that name vendor and model.</summary>
    public static async Task<(HttpStatusCode Status, string Body)> PostActivationAsync(HttpClient client, string connector, string identity)
    {
        ArgumentNullException.ThrowIfNull(client);
        using var content = Form($"vendor={connector}&model={connector}&sn={Uri.EscapeDataString(identity)}");
        using var reply = await client.PostAsync(new Uri("/provision/activate", UriKind.Relative), content, Cancellation);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(Cancellation));
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

    /// <summary>Sends a body as it is.</summary>
    public async Task<HttpResponseMessage> PostAsync(string body)
    {
        using var request = Request(HttpMethod.Post, "/onep:v1/stack/alias");
        request.Content = Form(body);
        return await _client.SendAsync(request, Cancellation);
    }

    /// <summary>Reads values; fails unless the reply is 200 or 204.</summary>
    /// <returns>The reply's body, a form; empty for 204.</returns>
    public async Task<string> ReadAsync(params string[] aliases)
    {
        using var request = Request(HttpMethod.Get, "/onep:v1/stack/alias?" + string.Join('&', aliases.Select(Uri.EscapeDataString)));
        using var reply = await _client.SendAsync(request, Cancellation);
        Assert.True(reply.StatusCode is HttpStatusCode.OK or HttpStatusCode.NoContent, reply.ToString());
        return await reply.Content.ReadAsStringAsync(Cancellation);
    }

    private static StringContent Form(string body) => new(body, Encoding.UTF8, "application/x-www-form-urlencoded");

    private HttpRequestMessage Request(HttpMethod method, string address)
    {
        var request = new HttpRequestMessage(method, new Uri(address, UriKind.Relative));
        request.Headers.Add("X-Exosite-CIK", Token);
        return request;
    }
}
