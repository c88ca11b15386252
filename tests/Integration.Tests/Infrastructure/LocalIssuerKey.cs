using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>A key with which a <see cref="LocalIssuer"/> signs.</summary>
internal sealed class LocalIssuerKey(int bits = 2048) : IDisposable
{
    private readonly RSA _rsa = RSA.Create(bits);

    /// <summary>Its id.</summary>
    public string Id { get; } = RandomNumberGenerator.GetHexString(16, lowercase: true);

    /// <summary>Its public half, as bytes that somebody might use as a shared secret.</summary>
    public byte[] Public => Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem());

    /// <summary>Its public half as the issuer lists it.</summary>
    public JsonObject ToJson(string issuer)
    {
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = Id,
            ["n"] = Base64Url.EncodeToString(parameters.Modulus),
            ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            ["issuer"] = issuer,
        };
    }

    /// <summary>A token: header and claims, signed.</summary>
    public string Sign(JsonObject header, JsonObject claims) =>
        Join(header, claims, text => _rsa.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>A token that somebody else signs in some way.</summary>
    public static string Join(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var text = $"{Encode(header)}.{Encode(claims)}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <inheritdoc/>
    public void Dispose() => _rsa.Dispose();

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
