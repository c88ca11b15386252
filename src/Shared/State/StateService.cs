using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.State;

/// <summary>Writes and reads the values of devices, from the device's side and from the cloud's.</summary>
public sealed class StateService
{
    /// <summary>A device writes values; all get one time. Undefined aliases are accepted and not stored (specification a.7).</summary>
    /// <param name="device">Who writes.</param>
    /// <param name="values">Distinct aliases within <see cref="StateLimits"/>, which the caller has checked.</param>
    /// <param name="cancellationToken">The request's own deadline, not the client's disconnect.</param>
    /// <returns>Done; Unauthorized when the credential no longer holds; Busy.</returns>
    public Task<Outcome<Done>> WriteAsync(DeviceSession device, IReadOnlyList<AliasValue> values, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>A device reads values: of a settable resource what is set, else what was reported.</summary>
    /// <returns>The values that exist, in the order of <paramref name="aliases"/>; Unauthorized; Busy.</returns>
    public Task<Outcome<IReadOnlyList<AliasValue>>> ReadAsync(DeviceSession device, IReadOnlyList<string> aliases, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>All values of a device as operators see them, in order of alias; only aliases that are defined and have a value.</summary>
    /// <returns>The values; NotFound when there is no such device; Busy.</returns>
    public Task<Outcome<IReadOnlyList<StateEntry>>> GetAsync(Connector connector, IdentityId identity, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The cloud sets values; all or none.</summary>
    /// <returns>Done; NotFound when there is no such device; Rejected for the first value that its resource does not allow; Busy.</returns>
    public Task<Outcome<Done>> SetAsync(Connector connector, IdentityId identity, IReadOnlyList<CloudValue> values, CancellationToken cancellationToken) => throw new NotSupportedException();
}
