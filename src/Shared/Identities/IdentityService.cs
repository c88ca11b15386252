using Murano.Shared.Connectors;

namespace Murano.Shared.Identities;

/// <summary>What operators do with identities.</summary>
public sealed class IdentityService
{
    /// <summary>A page of a connector's devices.</summary>
    public Task<Outcome<IdentityPage>> ListAsync(Connector connector, IdentityQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>One device.</summary>
    /// <returns>The device; NotFound; Busy.</returns>
    public Task<Outcome<Device>> FindAsync(Connector connector, IdentityId identity, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Makes the identity if it is not known, then changes it.</summary>
    /// <returns>Done; Rejected for a key or type that cannot be; Conflict for a token that another device has; Busy.</returns>
    public Task<Outcome<Done>> PutAsync(Connector connector, IdentityId identity, IdentityChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Changes a known identity.</summary>
    /// <returns>As <see cref="PutAsync"/>; NotFound when it is not known.</returns>
    public Task<Outcome<Done>> PatchAsync(Connector connector, IdentityId identity, IdentityChange change, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Deletes an identity and all that hangs on it.</summary>
    /// <returns>Done; NotFound; Busy.</returns>
    public Task<Outcome<Done>> DeleteAsync(Connector connector, IdentityId identity, CancellationToken cancellationToken) => throw new NotSupportedException();
}
