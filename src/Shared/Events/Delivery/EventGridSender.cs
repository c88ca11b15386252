using Azure;
using Azure.Core.Pipeline;
using Azure.Identity;
using Azure.Messaging.EventGrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Shared.Events.Delivery;

/// <summary>Publishes events to Event Grid topics that take CloudEvents 1.0.</summary>
public sealed class EventGridSender(DeliveryConnections connections, IOptions<EventOptions> options, IConfiguration configuration, TimeProvider time) : IDisposable
{
    private const int Remembered = 100;
    private const string Application = "Murano.Serverless";

    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    private readonly BoundedCache<string, EventGridPublisherClient> _clients = new(Remembered, Keep);

    /// <summary>Publishes one event.</summary>
    /// <exception cref="Exception">There was no answer (<see cref="DeliveryRules.Of(Exception)"/>).</exception>
    internal async Task<DeliveryResult> SendAsync(EventDestination destination, CloudEventMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await ClientOf(destination.Url).SendEncodedCloudEventsAsync(CloudEventRules.EncodeBatch(message), cancellationToken);
            return DeliveryRules.Of(answer.Status, retryAfter: null);
        }
        catch (RequestFailedException fault) when (fault.Status > 0)
        {
            return DeliveryRules.Of(fault.Status, DeliveryRules.WaitOf(fault.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var wait) == true ? wait : null, time.GetUtcNow()));
        }
        catch (AuthenticationFailedException)
        {
            return new DeliveryResult.Failed("The app's identity could not be shown to the topic.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _clients.Dispose();

    private EventGridPublisherClient ClientOf(string url)
    {
        if (!_clients.TryGet(url, out var client))
        {
            client = Create(new Uri(url, UriKind.Absolute));
            _clients.Set(url, client);
        }

        return client;
    }

    private EventGridPublisherClient Create(Uri topic)
    {
        var shape = new EventGridPublisherClientOptions { Transport = new HttpClientTransport(connections.Client) };
        shape.Retry.MaxRetries = 0; // attempts are counted by whoever keeps the event
        shape.Retry.NetworkTimeout = options.Value.Timeout;
        shape.Diagnostics.ApplicationId = Application;
        shape.Diagnostics.IsDistributedTracingEnabled = false;
        shape.Diagnostics.IsLoggingEnabled = false;
        return options.Value.EventGridKey is { Length: > 0 } key
            ? new EventGridPublisherClient(topic, new AzureKeyCredential(key), shape)
            : new EventGridPublisherClient(topic, AppIdentity.Of(configuration), shape);
    }
}
