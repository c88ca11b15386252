using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Murano.Shared.Access;
using Murano.Shared.Storage;

namespace Murano.Shared.Content;

/// <summary>Signs tickets, and finds out whether a ticket holds.</summary>
public sealed class ContentSigner(SigningKey key, OperatorAccess access, TimeProvider time)
{
    // One refusal for whatever was changed on the way, so that nobody learns how near they came.
    private static readonly Failure BadSignature = new Failure.Forbidden("bad-signature", "The signature does not hold: an address is to be used as it was given out, with all its inputs.");
    private static readonly Failure Expired = new Failure.Forbidden("expired-address", "The address was for a short time, which has passed. Ask for another one.");

    /// <summary>The signature of a ticket, 43 characters that need no escaping.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<string> SignAsync(ContentTicket ticket, CancellationToken cancellationToken) =>
        Base64Url.EncodeToString(HMACSHA256.HashData(await key.GetAsync(cancellationToken), Encoding.UTF8.GetBytes(ticket.Text)));

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
            ? await access.VouchAsync(ticket.Operator, ticket.Connector, ticket.IsUpload ? OperatorPermission.ChangeDevices : OperatorPermission.Read, cancellationToken)
            : Expired;
    }
}
