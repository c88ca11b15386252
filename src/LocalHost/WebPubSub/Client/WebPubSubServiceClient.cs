using System.Globalization;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Murano.LocalHost.WebPubSub;

namespace Azure.Messaging.WebPubSub;

/// <summary>
/// Stands in for the official client, which the package feed of this project lacks: the same namespace, name and signatures, as far as the app uses them. It speaks
/// the service's REST protocol, so it works with the service too.
/// </summary>
public class WebPubSubServiceClient
{
    private const string Version = "2024-12-01";
    private const string Scope = "https://webpubsub.azure.com/.default";

    private static readonly TimeSpan DefaultLifetime = TimeSpan.FromHours(1);

    private readonly HttpPipeline _pipeline;
    private readonly Uri _endpoint;
    private readonly string _hub;
    private readonly AzureKeyCredential? _key;

    /// <summary>By a connection string.</summary>
    public WebPubSubServiceClient(string connectionString, string hub)
        : this(connectionString, hub, new WebPubSubServiceClientOptions())
    {
    }

    /// <summary>By a connection string.</summary>
    public WebPubSubServiceClient(string connectionString, string hub, WebPubSubServiceClientOptions options)
        : this(Read(connectionString), hub, options)
    {
    }

    /// <summary>By an access key.</summary>
    public WebPubSubServiceClient(Uri endpoint, string hub, AzureKeyCredential credential)
        : this(endpoint, hub, credential, new WebPubSubServiceClientOptions())
    {
    }

    /// <summary>By an access key.</summary>
    public WebPubSubServiceClient(Uri endpoint, string hub, AzureKeyCredential credential, WebPubSubServiceClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(credential);
        (_endpoint, _hub, _key) = (endpoint, hub, credential);
        _pipeline = HttpPipelineBuilder.Build(options, new AccessKeyPolicy(credential));
    }

    /// <summary>By an identity.</summary>
    public WebPubSubServiceClient(Uri endpoint, string hub, TokenCredential credential)
        : this(endpoint, hub, credential, new WebPubSubServiceClientOptions())
    {
    }

    /// <summary>By an identity.</summary>
    public WebPubSubServiceClient(Uri endpoint, string hub, TokenCredential credential, WebPubSubServiceClientOptions options)
    {
        (_endpoint, _hub) = (endpoint, hub);
        _pipeline = HttpPipelineBuilder.Build(options, new BearerTokenAuthenticationPolicy(credential, Scope));
    }

    private WebPubSubServiceClient((Uri Endpoint, AzureKeyCredential Key) connection, string hub, WebPubSubServiceClientOptions options)
        : this(connection.Endpoint, hub, connection.Key, options)
    {
    }

    /// <summary>Where the service is.</summary>
    public virtual Uri Endpoint => _endpoint;

    /// <summary>The hub.</summary>
    public virtual string Hub => _hub;

    /// <summary>Sends to all of a group; 202 also when nobody is in it.</summary>
    public virtual async Task<Response> SendToGroupAsync(string group, RequestContent content, ContentType contentType, IEnumerable<string>? excluded = null, RequestContext? context = null)
    {
        using var message = Message(RequestMethod.Post, $"groups/{Uri.EscapeDataString(group)}/:send", context, [.. Values("excluded", excluded)]);
        message.Request.Content = content;
        message.Request.Headers.Add("Content-Type", contentType.ToString());
        return await SendAsync(message, context, 202);
    }

    /// <summary>Sends a text to all of a group.</summary>
    public virtual Task<Response> SendToGroupAsync(string group, string content, ContentType contentType = default) =>
        SendToGroupAsync(group, RequestContent.Create(content), contentType == default ? ContentType.TextPlain : contentType);

    /// <summary>Whether anybody is in a group.</summary>
    public virtual async Task<Response<bool>> GroupExistsAsync(string group, RequestContext? context = null)
    {
        using var message = Message(RequestMethod.Head, $"groups/{Uri.EscapeDataString(group)}", context, []);
        var response = await SendAsync(message, context, 200, 404);
        return Response.FromValue(response.Status == 200, response);
    }

    /// <summary>Ends all connections of a group.</summary>
    public virtual async Task<Response> CloseGroupConnectionsAsync(string group, IEnumerable<string>? excluded = null, string? reason = null, RequestContext? context = null)
    {
        using var message = Message(RequestMethod.Post, $"groups/{Uri.EscapeDataString(group)}/:closeConnections", context, [.. Values("excluded", excluded), .. Values("reason", reason is null ? null : [reason])]);
        return await SendAsync(message, context, 204);
    }

    /// <summary>Ends a connection.</summary>
    public virtual async Task<Response> CloseConnectionAsync(string connectionId, string? reason = null, RequestContext? context = null)
    {
        using var message = Message(RequestMethod.Delete, $"connections/{Uri.EscapeDataString(connectionId)}", context, [.. Values("reason", reason is null ? null : [reason])]);
        return await SendAsync(message, context, 204);
    }

    /// <summary>The address with which a client connects. Without an access key the service is asked for the token.</summary>
    public virtual async Task<Uri> GetClientAccessUriAsync(
        TimeSpan expiresAfter = default, string? userId = null, IEnumerable<string>? roles = null, IEnumerable<string>? groups = null, CancellationToken cancellationToken = default)
    {
        var lifetime = expiresAfter == default ? DefaultLifetime : expiresAfter;
        var token = _key is { } key
            ? new HubToken(userId, [.. roles ?? []], [.. groups ?? []]).Write(key.Key, new Uri(Endpoint, $"client/hubs/{Hub}").AbsoluteUri, TimeProvider.System.GetUtcNow(), lifetime)
            : await GenerateAsync(lifetime, userId, roles, groups, cancellationToken);
        return new UriBuilder(new Uri(Endpoint, $"client/hubs/{Hub}")) { Scheme = Endpoint.Scheme is "http" ? "ws" : "wss", Port = Endpoint.IsDefaultPort ? -1 : Endpoint.Port, Query = $"access_token={token}" }.Uri;
    }

    private async Task<string> GenerateAsync(TimeSpan lifetime, string? userId, IEnumerable<string>? roles, IEnumerable<string>? groups, CancellationToken cancellationToken)
    {
        var minutes = Math.Max(1, (int)lifetime.TotalMinutes).ToString(CultureInfo.InvariantCulture);
        using var message = Message(
            RequestMethod.Post, ":generateToken", null, [.. Values("minutesToExpire", [minutes]), .. Values("userId", userId is null ? null : [userId]), .. Values("role", roles), .. Values("group", groups)]);
        var response = await SendAsync(message, new RequestContext { CancellationToken = cancellationToken }, 200);
        return JsonSerializer.Deserialize<JsonElement>(response.Content).GetProperty("token").GetString()!;
    }

    private HttpMessage Message(RequestMethod method, string path, RequestContext? context, IReadOnlyList<(string Name, string Value)> query)
    {
        var message = _pipeline.CreateMessage(context);
        message.Request.Method = method;
        var uri = message.Request.Uri;
        uri.Reset(Endpoint);
        uri.AppendPath("/api/hubs/", escape: false);
        uri.AppendPath(Hub, escape: true);
        uri.AppendPath("/" + path, escape: false);
        foreach (var (name, value) in query)
        {
            uri.AppendQuery(name, value, escapeValue: true);
        }

        uri.AppendQuery("api-version", Version);
        return message;
    }

    private async Task<Response> SendAsync(HttpMessage message, RequestContext? context, params int[] expected)
    {
        await _pipeline.SendAsync(message, context?.CancellationToken ?? CancellationToken.None);
        return expected.Contains(message.Response.Status) || context?.ErrorOptions == ErrorOptions.NoThrow ? message.Response : throw new RequestFailedException(message.Response);
    }

    private static IEnumerable<(string Name, string Value)> Values(string name, IEnumerable<string>? values) => (values ?? []).Select(value => (name, value));

    private static (Uri Endpoint, AzureKeyCredential Key) Read(string connectionString)
    {
        ArgumentNullException.ThrowIfNull(connectionString);
        var parts = connectionString.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=', 2)).Where(part => part.Length == 2).ToDictionary(part => part[0].Trim(), part => part[1].Trim(), StringComparer.OrdinalIgnoreCase);
        if (!parts.TryGetValue("Endpoint", out var text) || !parts.TryGetValue("AccessKey", out var key) || !Uri.TryCreate(text, UriKind.Absolute, out var endpoint))
        {
            throw new ArgumentException("The connection string needs Endpoint and AccessKey.", nameof(connectionString));
        }

        return (parts.TryGetValue("Port", out var port) ? new UriBuilder(endpoint) { Port = int.Parse(port, CultureInfo.InvariantCulture) }.Uri : endpoint, new AzureKeyCredential(key));
    }

    // Each request has a token of its own, for its address.
    private sealed class AccessKeyPolicy(AzureKeyCredential key) : HttpPipelineSynchronousPolicy
    {
        private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

        public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue(
            "Authorization", "Bearer " + new HubToken(null, [], []).Write(key.Key, message.Request.Uri.ToUri().AbsoluteUri, TimeProvider.System.GetUtcNow(), Lifetime));
    }
}
