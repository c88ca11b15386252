using System.Text.Json;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>What an operator wants of an identity, from JSON (specification b.4).</summary>
internal static class IdentityChangeJson
{
    private const int MaxKeyLength = 16_000;

    /// <summary>Reads <c>{"auth":{"type","key","expire"},"locked","reprovision"}</c>; all may be absent, other fields are not looked at.</summary>
    /// <returns>The change; Rejected for a known field with a bad value.</returns>
    public static Outcome<IdentityChange> Read(JsonElement body)
    {
        var fields = new JsonFields(body, "");
        var auth = fields.Object("auth");
        var key = auth?.Text("key", "", MaxKeyLength) is { Length: > 0 } text ? text : null;

        // A key of no stated type is a certificate: the command line sends them so.
        var type = auth?.Word("type", AuthTypeNames.Read) ?? (key is null ? null : AuthType.Certificate);
        var change = new IdentityChange
        {
            Locked = fields.OptionalFlag("locked"),
            Reprovision = fields.OptionalFlag("reprovision"),
            AuthType = type,
            Key = key,
            Expire = auth?.OptionalWhole("expire"),
        };
        return fields.Problem is { } problem ? problem : change;
    }

    /// <summary>Whether a body names an identity at all, be it one that cannot be.</summary>
    public static bool NamesIdentity(JsonElement body) => body.TryGetProperty("identity", out _);

    /// <summary>The identity that a body names; null when it names none, or something that is no text.</summary>
    public static string? ReadIdentity(JsonElement body) =>
        body.TryGetProperty("identity", out var identity) && identity.ValueKind == JsonValueKind.String ? identity.GetString() : null;

    /// <summary>Whether the change revokes the credential and asks for nothing else.</summary>
    public static bool IsRevocation(IdentityChange change) =>
        change is { Expire: 0, Locked: null, Reprovision: null, AuthType: null, Key: null };
}
