using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;

namespace Murano.Shared.Events.Delivery;

/// <inheritdoc cref="IEventSender"/>
public sealed partial class EventSender(
    WebhookSender webhooks, EventGridSender topics, DestinationBreakers breakers, IOptions<EventOptions> options, TimeProvider time, ILogger<EventSender> logger) : IEventSender
{
    private static readonly DeliveryResult NoDestination = new DeliveryResult.Refused(EventSettingsRules.NoDestination.Detail);

    /// <inheritdoc/>
    Task<DeliveryResult> IEventSender.SendAsync(Connector connector, OutboxEvent happened, CancellationToken cancellationToken) =>
        SendAsync(connector, CloudEventRules.Of(happened), asksBreaker: true, cancellationToken);

    /// <summary>Sends an event of type <c>murano.test</c>, whatever the breaker says; a success closes it.</summary>
    internal Task<DeliveryResult> SendTestAsync(Connector connector, CancellationToken cancellationToken) =>
        SendAsync(connector, CloudEventRules.Test(connector.Id, time.GetUnixMicros()), asksBreaker: false, cancellationToken);

    private async Task<DeliveryResult> SendAsync(Connector connector, CloudEventMessage message, bool asksBreaker, CancellationToken cancellationToken)
    {
        if (connector.Settings.Events.Destination is not { } destination)
        {
            return NoDestination;
        }

        // What was set while private addresses were allowed is not called once they are not.
        if (DestinationRules.WhyNot(destination.Kind, destination.Url, options.Value.AllowPrivateAddresses) is { } problem)
        {
            return new DeliveryResult.Failed(problem.Detail);
        }

        var breaker = breakers.Of(connector.Id, destination);
        var wait = TimeSpan.Zero;
        if ((asksBreaker ? breaker.TryEnter(out wait) : BreakerPass.Ordinary) is not { } pass)
        {
            return new DeliveryResult.Failed("The receiver failed several times in a row, and is left alone for a while.", wait, IsTried: false);
        }

        DeliveryResult result;
        try
        {
            result = await TryAsync(destination, message, cancellationToken);
        }
        catch
        {
            breaker.Abandon(pass);
            throw;
        }

        Note(breaker, pass, connector.Id, destination, result);
        return result;
    }

    private async Task<DeliveryResult> TryAsync(EventDestination destination, CloudEventMessage message, CancellationToken cancellationToken)
    {
        var timeout = options.Value.Timeout;
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            return await (destination.Kind == EventDestinationKind.Webhook ? webhooks.SendAsync(destination, message, either.Token) : topics.SendAsync(destination, message, either.Token));
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (Exception fault)
        {
            return deadline.IsCancellationRequested || fault is OperationCanceledException ? DeliveryRules.TimedOut(timeout) : DeliveryRules.Of(fault);
        }
    }

    // A receiver that refuses an event is there.
    private void Note(CircuitBreaker breaker, BreakerPass pass, ConnectorId connector, EventDestination destination, DeliveryResult result)
    {
        var host = DestinationRules.HostOf(destination.Url);
        if (result is DeliveryResult.Failed failed)
        {
            if (breaker.Fail(pass) is { } left)
            {
                Log.Opened(logger, connector.Value, host, left, failed.Why);
            }
        }
        else if (breaker.Succeed())
        {
            Log.Closed(logger, connector.Value, host);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1850, LogLevel.Warning, "Events of connector {Connector} do not reach {Host}, which is left alone for {Break}: {Why}")]
        public static partial void Opened(ILogger logger, string connector, string host, TimeSpan @break, string why);

        [LoggerMessage(1851, LogLevel.Information, "Events of connector {Connector} reach {Host} again.")]
        public static partial void Closed(ILogger logger, string connector, string host);
    }
}
