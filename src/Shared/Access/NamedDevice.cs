using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>The device that a password or certificate names, unproven: these say the identity, and the host says the connector.</summary>
/// <param name="Connector">The connector.</param>
/// <param name="Key">The device, known or not.</param>
internal sealed record NamedDevice(Connector Connector, DeviceKey Key)
{
    /// <summary>Finds connector and identity.</summary>
    /// <returns>The device; Unauthorized when no connector is named, or the identity is not of its format.</returns>
    public static async Task<Outcome<NamedDevice>> FindAsync(ConnectorLookup lookup, string identity, DeviceOrigin origin, CancellationToken cancellationToken)
    {
        if (!(await lookup.FindAsync(origin.Host, [], cancellationToken)).TryGet(out var connector, out var failure))
        {
            return new Failure.Unauthorized(failure.Reason, failure.Detail);
        }

        origin.Trace.Connector = connector;
        return IdentityId.TryParse(identity, out var id) && IdentityFormatRules.Matches(connector.Settings.IdentityFormat, id)
            ? new NamedDevice(connector, new DeviceKey(connector.Id, id))
            : new Failure.Unauthorized("identity-format", "The identity is not of the connector's format.");
    }

    /// <summary>The session of a device whose header was just read and holds.</summary>
    public DeviceSession ToSession(string digest, DeviceRecord record, CredentialProof proof, DeviceOrigin origin, CredentialCache cache, CredentialLook look)
    {
        var known = new KnownCredential(Key.Partition, digest, new CredentialHint(Key, record.Header.Credential!.Value), proof);
        var confirmed = record.Fence == record.Header.Credential;
        if (confirmed)
        {
            cache.Confirm(known, look, touched: false);
        }

        return new DeviceSession(Connector, known, origin, look, confirmed);
    }
}
