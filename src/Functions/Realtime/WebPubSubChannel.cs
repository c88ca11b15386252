using Azure.Core;
using Azure.Messaging.WebPubSub;
using Microsoft.Extensions.Configuration;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Functions.Realtime;

/// <summary>The channel over Azure Web PubSub. The one class that talks to its client, whose package each build brings from elsewhere (docs/adr/0001).</summary>
internal sealed class WebPubSubChannel : IChannel
{
    private const string JoinsAnyGroup = "webpubsub.joinLeaveGroup";

    // Whoever waits for an announcement waits half a second at most; a try that takes longer than this does nobody any good.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    private readonly WebPubSubServiceClient _wake;
    private readonly WebPubSubServiceClient _log;

    private WebPubSubChannel(WebPubSubOptions options, IConfiguration configuration)
    {
        _wake = Create(options, configuration, "wake");
        _log = Create(options, configuration, "log");
    }

    /// <summary>The channel that the settings name; null when they name none.</summary>
    /// <exception cref="ArgumentException">The connection string cannot be read.</exception>
    public static WebPubSubChannel? TryCreate(WebPubSubOptions options, IConfiguration configuration) =>
        options.ConnectionString.Length == 0 && options.Endpoint.Length == 0 ? null : new(options, configuration);

    /// <inheritdoc/>
    public Task SendAsync(ChannelHub hub, string group, ReadOnlyMemory<byte> json, string? except, CancellationToken cancellationToken) => AskAsync(
        async context => await Client(hub).SendToGroupAsync(group, RequestContent.Create(json), ContentType.ApplicationJson, except is null ? null : [except], context),
        cancellationToken);

    /// <inheritdoc/>
    public Task<Uri> GetClientUriAsync(ChannelHub hub, IReadOnlyList<string> groups, bool joins, TimeSpan lifetime, CancellationToken cancellationToken) => AskAsync(
        async _ => await Client(hub).GetClientAccessUriAsync(expiresAfter: lifetime, userId: null, roles: joins ? [JoinsAnyGroup] : [], groups: groups, cancellationToken: cancellationToken),
        cancellationToken);

    /// <inheritdoc/>
    public Task CloseAsync(ChannelHub hub, string group, string reason, CancellationToken cancellationToken) => AskAsync(
        async context => await Client(hub).CloseGroupConnectionsAsync(group, excluded: null, reason: reason, context: context),
        cancellationToken);

    private static WebPubSubServiceClient Create(WebPubSubOptions options, IConfiguration configuration, string hub)
    {
        var client = new WebPubSubServiceClientOptions();
        client.Retry.MaxRetries = 1;
        client.Retry.Delay = TimeSpan.FromMilliseconds(100);
        client.Retry.NetworkTimeout = Longest;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        client.Diagnostics.IsLoggingEnabled = false; // addresses of clients hold tokens
        return options.ConnectionString.Length > 0
            ? new WebPubSubServiceClient(options.ConnectionString, hub, client)
            : new WebPubSubServiceClient(new Uri(options.Endpoint), hub, AppIdentity.Of(configuration), client);
    }

    private static async Task<T> AskAsync<T>(Func<Azure.RequestContext, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask(new Azure.RequestContext { CancellationToken = cancellationToken });
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ChannelUnavailableException("Web PubSub cannot be reached, or refuses.", fault);
        }
    }

    private WebPubSubServiceClient Client(ChannelHub hub) => hub == ChannelHub.Wake ? _wake : _log;
}
