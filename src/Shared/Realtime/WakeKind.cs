namespace Murano.Shared.Realtime;

/// <summary>What happened to a device.</summary>
public enum WakeKind
{
    /// <summary>The cloud set values.</summary>
    Set,

    /// <summary>Its credential may hold no longer: the fence that it had is gone.</summary>
    Access,
}
