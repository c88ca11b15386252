using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Finds the device of an identity and password. Unknown identities and wrong passwords cost the same and get the same.</summary>
public sealed class PasswordAccess(ConnectorLookup lookup, TableDeviceStore devices, CredentialCache cache, FailedLogOns failed, PasswordVerifier passwords)
{
    /// <summary>The session; Unauthorized; TooMany.</summary>
    internal async Task<Outcome<DeviceSession>> AuthenticateAsync(PresentedCredential.Password presented, DeviceOrigin origin, CancellationToken cancellationToken)
    {
        origin.Trace.NameBesidePassword(presented.Identity);
        NamedDevice? device;
        Failure? failure;
        while (!(await NamedDevice.FindAsync(lookup, presented.Identity, origin, cancellationToken)).TryGet(out device, out failure))
        {
            if (presented.Otherwise is null)
            {
                return failure;
            }

            presented = presented.Otherwise;
        }

        origin.Trace.NameBesidePassword(presented.Identity);

        // Only the password that held finds the cached header; any other goes the long way, as for an identity that nobody has.
        var digest = passwords.Digest(presented.Value);
        var look = cache.Look();
        if (cache.Find(device.Key.Partition, digest) is { } cached)
        {
            origin.Trace.Name(presented.Identity);
            return new DeviceSession(device.Connector, cached, origin, look, confirmed: true);
        }

        if (cache.Recall(device.Key.Partition, digest) is null && failed.WhyNot(device.Key, origin.Address) is { } slower)
        {
            return slower;
        }

        var record = await devices.FindAsync(device.Key, cancellationToken);
        if (record is not null)
        {
            origin.Trace.Name(presented.Identity); // a device's name, colons or not
        }

        var header = record?.Header is { AuthType: AuthType.Password, Credential: not null } present ? present : null;
        if (!passwords.Verify(header?.Credential, header?.CredentialHash, presented.Value, digest).TryGet(out var holds, out failure))
        {
            return failure;
        }

        if (!holds)
        {
            var reason = record is null
                ? new Failure.Unauthorized("unknown-identity", "The identity does not exist.")
                : new Failure.Unauthorized("wrong-password", "The password is not the device's.");
            return failed.Count(reason, device.Key, origin.Address);
        }

        var proof = new CredentialProof(AuthType.Password, header!.CredentialHash);
        return AccessRules.WhyNot(record, proof) is { } refused ? refused : device.ToSession(digest, record!, proof, origin, cache, look);
    }
}
