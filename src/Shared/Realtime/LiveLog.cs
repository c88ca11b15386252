using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;

namespace Murano.Shared.Realtime;

/// <summary>Shows what devices do to those who watch. Best effort, and silent while nobody does.</summary>
public sealed class LiveLog(TimeProvider time)
{
    /// <summary>Whether anybody watches the device or its connector: ask before an event is made.</summary>
    internal bool IsWatched(Connector connector, IdentityId identity) => time is null;

    /// <summary>Shows what is committed. Never waits and never throws.</summary>
    internal void Tell(Connector connector, DeviceEvent happened)
    {
        if (IsWatched(connector, happened.Device.Identity))
        {
            throw new InvalidOperationException("Nobody watches yet.");
        }
    }
}
