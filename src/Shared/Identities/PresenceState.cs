namespace Murano.Shared.Identities;

/// <summary>Whether a device is there, by <see cref="PresenceRules"/>.</summary>
public enum PresenceState
{
    /// <summary>Has not called yet.</summary>
    Never,

    /// <summary>Called a short while ago, or has a poll open.</summary>
    Online,

    /// <summary>No longer online, but called not long ago.</summary>
    Late,

    /// <summary>Has not called for long.</summary>
    Silent,
}
