using System.Globalization;
using System.Net.Http.Headers;

namespace Murano.Shared.Events.Delivery;

/// <summary>Posts events to webhooks: CloudEvents in structured mode, signed by the rules of Standard Webhooks.</summary>
public sealed class WebhookSender(DeliveryConnections connections, WebhookSecrets secrets, TimeProvider time)
{
    private const string Agent = "Murano.Serverless";

    /// <summary>Sends one event. Of the answer only the head matters.</summary>
    /// <exception cref="Exception">There was no answer (<see cref="DeliveryRules.Of(Exception)"/>).</exception>
    internal async Task<DeliveryResult> SendAsync(EventDestination destination, CloudEventMessage message, CancellationToken cancellationToken)
    {
        var secret = await secrets.GetAsync(message.Connector, destination, cancellationToken);
        var body = CloudEventRules.Encode(message);
        var timestamp = time.GetUtcNow().ToUnixTimeSeconds();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(destination.Url, UriKind.Absolute)) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(CloudEventRules.ContentType);
        request.Headers.UserAgent.ParseAdd(Agent);
        request.Headers.Add("webhook-id", message.Id);
        request.Headers.Add("webhook-timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignatureRules.Sign(secret, message.Id, timestamp, body.Span));

        using var answer = await connections.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        var retryAfter = answer.Headers.TryGetValues("Retry-After", out var values) ? values.FirstOrDefault() : null;
        return DeliveryRules.Of((int)answer.StatusCode, DeliveryRules.WaitOf(retryAfter, time.GetUtcNow()));
    }
}
