namespace Murano.Shared.Identities;

/// <summary>Where a device stands in its life (specification c.3).</summary>
public enum DeviceStatus
{
    /// <summary>Known; may activate.</summary>
    Whitelisted,

    /// <summary>Has a credential.</summary>
    Provisioned,

    /// <summary>Its activation window passed unused.</summary>
    Expired,

    /// <summary>Is being deleted.</summary>
    Deleting,
}
