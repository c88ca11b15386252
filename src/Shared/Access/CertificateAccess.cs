using System.Security.Cryptography;
using System.Text;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Provisioning;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>Finds the device of a client certificate; the first use of one provisions its device (specification a.5, f).</summary>
public sealed class CertificateAccess(ConnectorLookup lookup, TableDeviceStore devices, CredentialCache cache, FailedLogOns failed, ProvisioningService provisioning, TimeProvider time)
{
    /// <summary>The session; Unauthorized; TooMany; Busy.</summary>
    internal async Task<Outcome<DeviceSession>> AuthenticateAsync(DeviceCertificate certificate, DeviceOrigin origin, CancellationToken cancellationToken)
    {
        origin.Trace.Name(certificate.CommonName);
        var now = time.GetUtcNow();
        if (CertificateRules.WhyNot(certificate, now) is { } unusable)
        {
            return unusable;
        }

        if (!(await NamedDevice.FindAsync(lookup, certificate.CommonName!, origin, cancellationToken)).TryGet(out var device, out var failure))
        {
            return failure;
        }

        // The CA is part of what was found to hold: with another one, or none, the certificate is judged anew.
        var pki = device.Connector.Settings.Pki;
        var digest = pki.Enabled ? $"{certificate.Hash}|{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(pki.ClientCa)))}" : certificate.Hash;
        var look = cache.Look();
        if (cache.Find(device.Key.Partition, digest) is { } cached)
        {
            return new DeviceSession(device.Connector, cached, origin, look, confirmed: true);
        }

        if (cache.Recall(device.Key.Partition, digest) is null && failed.WhyNot(device.Key, origin.Address) is { } slower)
        {
            return slower;
        }

        if (pki.Enabled && !CertificateRules.IsIssuedBy(certificate, pki.ClientCa, now))
        {
            return failed.Count(new Failure.Unauthorized("certificate-issuer", "The certificate is not issued by the connector's CA."), device.Key, origin.Address);
        }

        var proof = new CredentialProof(AuthType.Certificate, pki.Enabled ? null : certificate.Hash);
        var record = await devices.FindAsync(device.Key, cancellationToken);
        if (IsOpen(record?.Header))
        {
            // Refused by what was read, without asking again: an unknown identity costs what a wrong certificate does.
            if (record is not { Header.Status: DeviceStatus.Deleting }
                && ProvisioningRules.WhyNot(device.Connector.Settings, new(device.Key.Identity, AuthType.Certificate, origin.Address), record?.Header, time.GetUnixMicros()) is { } closed)
            {
                return Refuse(closed);
            }

            var provisioned = await provisioning.ProvisionAsync(device, certificate, origin, cancellationToken);
            if (!provisioned.TryGet(out _, out failure) && failure is not Failure.Conflict { Reason: ProvisioningRules.Provisioned })
            {
                return failure is Failure.Busy or Failure.TooMany ? failure : Refuse(failure);
            }

            // Provisioned by this request or by another at the same moment: the header says for which certificate.
            look = cache.Look();
            record = await devices.FindAsync(device.Key, cancellationToken);
        }

        return AccessRules.WhyNot(record, proof) is not { } refused ? device.ToSession(digest, record!, proof, origin, cache, look)
            : refused.Reason is AccessRules.Replaced ? failed.Count(refused, device.Key, origin.Address)
            : refused;

        // To whom nothing is open, an activation's refusal is one of a log-on; it counts where the identity is the guess.
        Failure Refuse(Failure why)
        {
            var refusal = new Failure.Unauthorized(why.Reason, why.Detail);
            return why.Reason is ProvisioningRules.NotWhitelisted ? failed.Count(refusal, device.Key, origin.Address) : refusal;
        }
    }

    private static bool IsOpen(DeviceHeader? header) => header is not { Status: DeviceStatus.Provisioned, Reprovision: false };
}
