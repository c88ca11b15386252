using Murano.Shared.Connectors;

namespace Murano.Shared.Events.Delivery;

/// <summary>A breaker for each destination that this instance sent to lately, in bounded memory: one that is forgotten begins as closed.</summary>
public sealed class DestinationBreakers(TimeProvider time) : IDisposable
{
    private const int Remembered = 1_000;

    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    private readonly BoundedCache<(ConnectorId Connector, EventDestination Destination), CircuitBreaker> _breakers = new(Remembered, Keep);
    private readonly Lock _turn = new();

    /// <summary>The breaker of a connector's destination. Another destination, or another secret, has another one.</summary>
    internal CircuitBreaker Of(ConnectorId connector, EventDestination destination)
    {
        lock (_turn)
        {
            if (!_breakers.TryGet((connector, destination), out var breaker))
            {
                breaker = new CircuitBreaker(time);
                _breakers.Set((connector, destination), breaker);
            }

            return breaker;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _breakers.Dispose();
}
