using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>Words for whether a device is there.</summary>
internal static class PresenceNames
{
    /// <summary>The word for a state.</summary>
    public static string Of(PresenceState presence) => presence switch
    {
        PresenceState.Never => "never",
        PresenceState.Online => "online",
        PresenceState.Late => "late",
        PresenceState.Silent => "silent",
        _ => throw new ArgumentOutOfRangeException(nameof(presence)),
    };
}
