using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>Words for where a device stands (specification c.3).</summary>
internal static class StatusNames
{
    /// <summary>The word for a status.</summary>
    public static string Of(DeviceStatus status) => status switch
    {
        DeviceStatus.Whitelisted => "whitelisted",
        DeviceStatus.Provisioned => "provisioned",
        DeviceStatus.Expired => "expired",
        DeviceStatus.Deleting => "deleting",
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };
}
