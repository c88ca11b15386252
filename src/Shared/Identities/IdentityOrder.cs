namespace Murano.Shared.Identities;

/// <summary>In which order devices are listed.</summary>
public enum IdentityOrder
{
    /// <summary>The last seen first; devices that were never seen come last, the oldest of them first (specification b.4).</summary>
    LastSeen,

    /// <summary>By identity, ordinally by their keys.</summary>
    Identity,
}
