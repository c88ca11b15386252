using System.Collections.Concurrent;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Realtime;

/// <summary>Wakes within one instance: listeners are called directly.</summary>
public sealed class LocalWakes : IWakes
{
    private readonly ConcurrentDictionary<(ConnectorId Connector, IdentityId Identity), IWakeListener[]> _listeners = new();

    /// <inheritdoc/>
    public ValueTask<IWakeRegistration> RegisterAsync(ConnectorId connector, IdentityId identity, IWakeListener listener, CancellationToken cancellationToken) =>
        new(Register(connector, identity, listener));

    /// <inheritdoc/>
    public Task AnnounceAsync(Wake wake, CancellationToken cancellationToken)
    {
        Announce(wake);
        return Task.CompletedTask;
    }

    internal IWakeRegistration Register(ConnectorId connector, IdentityId identity, IWakeListener listener)
    {
        ArgumentNullException.ThrowIfNull(listener);
        var device = (connector, identity);
        _listeners.AddOrUpdate(device, static (_, added) => [added], static (_, present, added) => [.. present, added], listener);
        return new Registration(this, device, listener);
    }

    internal void Announce(Wake wake)
    {
        if (_listeners.TryGetValue((wake.Connector, wake.Identity), out var listeners))
        {
            foreach (var listener in listeners)
            {
                listener.Wake(wake.Kind);
            }
        }
    }

    /// <summary>Tells all who listen that wakes of other instances may be missed.</summary>
    internal void Unsettle()
    {
        foreach (var (_, listeners) in _listeners)
        {
            foreach (var listener in listeners)
            {
                listener.Unsure();
            }
        }
    }

    private void Remove((ConnectorId Connector, IdentityId Identity) device, IWakeListener listener)
    {
        // Others come and go meanwhile, so what is put back or removed must be what was seen.
        while (_listeners.TryGetValue(device, out var present))
        {
            IWakeListener[] rest = [.. present.Where(other => !ReferenceEquals(other, listener))];
            if (rest.Length == 0 ? _listeners.TryRemove(new(device, present)) : _listeners.TryUpdate(device, rest, present))
            {
                return;
            }
        }
    }

    private sealed class Registration(LocalWakes wakes, (ConnectorId Connector, IdentityId Identity) device, IWakeListener listener) : IWakeRegistration
    {
        public long Unbroken => 1;

        public void Dispose() => wakes.Remove(device, listener);
    }
}
