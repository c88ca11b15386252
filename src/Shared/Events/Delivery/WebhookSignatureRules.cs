using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Murano.Shared.Connectors;

namespace Murano.Shared.Events.Delivery;

/// <summary>Signatures of webhook requests, by the rules of Standard Webhooks.</summary>
internal static class WebhookSignatureRules
{
    private const string SecretPrefix = "whsec_";
    private const string Version = "v1,";

    /// <summary>The secret of a destination, 32 bytes. It is worked out each time and stored nowhere.</summary>
    /// <param name="signingKey">The installation's key. It signs other things too, which all begin otherwise.</param>
    /// <param name="connector">Whose.</param>
    /// <param name="key"><see cref="EventDestination.Key"/>.</param>
    public static byte[] Derive(byte[] signingKey, ConnectorId connector, string key) => HMACSHA256.HashData(signingKey, Encoding.UTF8.GetBytes($"webhook-secret\n{connector.Value}\n{key}"));

    /// <summary>A secret in the form in which receivers take it.</summary>
    public static string Show(byte[] secret) => SecretPrefix + Convert.ToBase64String(secret);

    /// <summary>The signature of a request.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="id">The event's id.</param>
    /// <param name="timestamp">When it is sent, s since the Unix epoch.</param>
    /// <param name="body">The body as it is sent.</param>
    public static string Sign(byte[] secret, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.")));
        hash.AppendData(body);
        return Version + Convert.ToBase64String(hash.GetHashAndReset());
    }
}
