using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Murano.Shared.Access;
using Murano.Shared.Storage;

namespace Murano.Shared.Content;

/// <summary>Signs tickets, and finds out whether a ticket holds. All instances share one key, which is in storage and nowhere else.</summary>
public sealed class ContentSigner(TableSigningKeyStore keys, OperatorAccess access, TimeProvider time) : IDisposable
{
    /// <summary>How long the key is believed without asking storage; another one holds on every instance within this time.</summary>
    private static readonly TimeSpan Belief = TimeSpan.FromMinutes(1);

    // One refusal for whatever was changed on the way, so that nobody learns how near they came.
    private static readonly Failure BadSignature = new Failure.Forbidden("bad-signature", "The signature does not hold: an address is to be used as it was given out, with all its inputs.");
    private static readonly Failure Expired = new Failure.Forbidden("expired-address", "The address was for a short time, which has passed. Ask for another one.");

    private readonly FlightCache<string, byte[]> _key = new(1, Belief, time);

    /// <summary>The signature of a ticket, 43 characters that need no escaping.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<string> SignAsync(ContentTicket ticket, CancellationToken cancellationToken) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(await KeyAsync(cancellationToken), Encoding.UTF8.GetBytes(ticket.Text)));

    /// <summary>Whose ticket it is, if it holds.</summary>
    /// <returns>The operator, as they are now; Forbidden for a signature that is another ticket's or a time that has passed; Unauthorized when their key has ended.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<OperatorSession>> CheckAsync(ContentTicket ticket, string signature, CancellationToken cancellationToken)
    {
        var expected = await SignAsync(ticket, cancellationToken);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.UTF8.GetBytes(signature)))
        {
            return BadSignature;
        }

        return ticket.Expires > time.GetUtcNow().ToUnixTimeSeconds()
            ? await access.VouchAsync(ticket.Key, ticket.Connector, ticket.IsUpload ? OperatorPermission.ChangeDevices : OperatorPermission.Read, cancellationToken)
            : Expired;
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private async Task<byte[]> KeyAsync(CancellationToken cancellationToken) =>
        await _key.GetAsync("", async _ => await keys.GetAsync(CancellationToken.None), cancellationToken) ?? throw new StorageUnavailableException("There is no signing key.");
}
