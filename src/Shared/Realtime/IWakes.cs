using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Realtime;

/// <summary>Brings wakes from those who change a device to those who wait for it.</summary>
public interface IWakes
{
    /// <summary>Listens to one device. Whatever is announced on this instance after this has returned reaches the listener; of other instances, what the registration says.</summary>
    /// <param name="connector">The device's connector.</param>
    /// <param name="identity">The device.</param>
    /// <param name="listener">Hears of it.</param>
    /// <param name="cancellationToken">Ends the wait for other instances' wakes, not the listening.</param>
    /// <returns>Ends the listening when disposed of.</returns>
    ValueTask<IWakeRegistration> RegisterAsync(ConnectorId connector, IdentityId identity, IWakeListener listener, CancellationToken cancellationToken);

    /// <summary>Tells of a change that is committed.</summary>
    Task AnnounceAsync(Wake wake, CancellationToken cancellationToken);
}
