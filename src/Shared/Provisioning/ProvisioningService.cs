using Murano.Shared.Access;

namespace Murano.Shared.Provisioning;

/// <summary>Gives devices their credentials.</summary>
public sealed class ProvisioningService
{
    /// <summary>Activates a device by the decision table of specification a.5.</summary>
    /// <returns>Its new token; or NotFound (not for us), Conflict (already provisioned, or window passed), Unauthorized (locked), Busy.</returns>
    public Task<Outcome<DeviceToken>> ActivateAsync(ActivationRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
