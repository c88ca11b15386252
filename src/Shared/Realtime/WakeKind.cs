namespace Murano.Shared.Realtime;

/// <summary>What happened to a device.</summary>
public enum WakeKind
{
    /// <summary>The cloud set values.</summary>
    Set,

    /// <summary>Its credential may hold no longer: locked, revoked, replaced or deleted.</summary>
    Access,
}
