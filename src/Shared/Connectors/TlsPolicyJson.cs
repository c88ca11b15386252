using System.Globalization;
using System.Text.Json;

namespace Murano.Shared.Connectors;

/// <summary>The policy in <c>protocol.tls</c> (specification c.4): one of Murano's names, or a list of one's own.</summary>
internal static class TlsPolicyJson
{
    private const int MaxEntries = 50;
    private const int MaxEntryLength = 100;

    /// <summary>Reads <c>policy</c>.</summary>
    /// <param name="tls">The fields of <c>tls</c>, which hear of a bad value.</param>
    /// <param name="present">The policy as it is; stays when none is given.</param>
    /// <returns>The policy as JSON; empty for none.</returns>
    public static string Read(JsonFields tls, string present)
    {
        if (!tls.TryGet("policy", out var value))
        {
            return present;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            return tls.Word("policy", word => word is "TLS v1.2 Default" or "TLS v1.0 Legacy" ? word : null) is { } name ? JsonText.Of(json => json.WriteStringValue(name)) : present;
        }

        if (value.GetArrayLength() is > 0 and <= MaxEntries && value.EnumerateArray().All(entry => entry.ValueKind == JsonValueKind.String && entry.GetString()!.Length is > 0 and <= MaxEntryLength))
        {
            return JsonText.Of(value.WriteTo);
        }

        tls.Refuse(new("invalid-type", "protocol.tls.policy", string.Create(CultureInfo.InvariantCulture, $"protocol.tls.policy must be a name, or a list of 1 to {MaxEntries} texts.")));
        return present;
    }
}
