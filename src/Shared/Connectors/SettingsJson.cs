using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Murano.Shared.Storage;

namespace Murano.Shared.Connectors;

/// <summary>Settings as JSON (specification b.3, c.4): on the wire and in storage alike, so that what is stored can be read by eye.</summary>
internal static class SettingsJson
{
    /// <summary>Longest name in characters.</summary>
    public const int MaxNameLength = 200;

    private const int MaxDescriptionLength = 2_000;
    private const int MaxCaLength = 12_000;
    private const int MaxAddresses = 200;
    private const int MaxPrefixLength = 200;
    private const double MaxIdentityLength = 200;
    private const int MaxPort = 65_535;

    /// <summary>The settings with the fields of an object merged into them, section by section; <c>resources</c>, <c>fqdn</c> and unknown fields are not looked at.</summary>
    public static ConnectorSettings Merge(ConnectorSettings settings, JsonFields fields) => settings with
    {
        Name = fields.Text("name", settings.Name, MaxNameLength),
        Description = fields.Text("description", settings.Description, MaxDescriptionLength),
        Protocol = fields.Object("protocol") is { } protocol ? Merge(settings.Protocol, protocol) : settings.Protocol,
        IdentityFormat = fields.Object("identity_format") is { } format ? Merge(settings.IdentityFormat, format) : settings.IdentityFormat,
        Provisioning = fields.Object("provisioning") is { } provisioning ? Merge(settings.Provisioning, provisioning) : settings.Provisioning,
        Pki = fields.Object("pki") is { } pki ? Merge(settings.Pki, pki) : settings.Pki,
    };

    /// <summary>Writes name and description.</summary>
    public static void WriteNames(Utf8JsonWriter json, ConnectorSettings settings)
    {
        json.WriteString("name", settings.Name);
        json.WriteString("description", settings.Description);
    }

    /// <summary>Writes all sections. <c>pki</c> and <c>tls</c> are written when they say something, as Murano's own blob does not have them otherwise.</summary>
    public static void WriteSections(Utf8JsonWriter json, ConnectorSettings settings)
    {
        json.WriteStartObject("protocol");
        json.WriteString("name", settings.Protocol.Name);
        json.WriteBoolean("devmode", settings.Protocol.DevMode);
        json.WriteNumber("port", settings.Protocol.Port);
        if (settings.Protocol.TlsPolicy.Length > 0)
        {
            json.WriteStartObject("tls");
            json.WritePropertyName("policy");
            json.WriteRawValue(settings.Protocol.TlsPolicy);
            json.WriteEndObject();
        }

        json.WriteEndObject();

        json.WriteStartObject("identity_format");
        json.WriteString("prefix", settings.IdentityFormat.Prefix);
        json.WriteString("type", settings.IdentityFormat.Type);
        json.WriteStartObject("options");
        json.WriteString("casing", settings.IdentityFormat.Casing);
        json.WriteNumber("length", settings.IdentityFormat.Length);
        json.WriteEndObject();
        json.WriteEndObject();

        Write(json, settings.Provisioning);
        if (settings.Pki.Enabled || settings.Pki.ClientCa.Length > 0)
        {
            json.WriteStartObject("pki");
            json.WriteBoolean("enabled", settings.Pki.Enabled);
            json.WriteString("client_ca", settings.Pki.ClientCa);
            json.WriteEndObject();
        }
    }

    private static void Write(Utf8JsonWriter json, ProvisioningSettings provisioning)
    {
        json.WriteStartObject("provisioning");
        json.WriteString("auth_type", AuthTypeNames.Of(provisioning.AuthType));
        json.WriteBoolean("enabled", provisioning.Enabled);
        json.WriteBoolean("generate_identity", provisioning.GenerateIdentity);
        json.WriteBoolean("presenter_identity", provisioning.PresenterIdentity);
        json.WriteStartObject("ip_whitelisting");
        json.WriteBoolean("enabled", provisioning.AddressListEnabled);
        json.WriteStartArray("allowed");
        foreach (var address in provisioning.AllowedAddresses)
        {
            json.WriteStringValue(address);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static ProtocolSettings Merge(ProtocolSettings protocol, JsonFields fields) => protocol with
    {
        Name = fields.Word("name", word => word is "onep" or "onep:v1/http" or "mqtt" or "murano:v1/mqtt" ? word : null) ?? protocol.Name,
        DevMode = fields.Flag("devmode", protocol.DevMode),
        Port = Port(fields, protocol.Port),
        TlsPolicy = fields.Object("tls") is { } tls ? TlsPolicyJson.Read(tls, protocol.TlsPolicy) : protocol.TlsPolicy,
    };

    private static IdentityFormat Merge(IdentityFormat format, JsonFields fields)
    {
        var prefix = fields.Text("prefix", format.Prefix, MaxPrefixLength);
        if (prefix.Length > 0 && !KeyText.IsUsable(prefix, MaxPrefixLength))
        {
            fields.Refuse(new("bad-prefix", "identity_format.prefix", "The prefix cannot be the beginning of an identity."));
        }

        var options = fields.Object("options");
        return format with
        {
            Prefix = prefix,
            Type = fields.Word("type", word => IdentityFormatRules.IsKnownType(word) ? word : null) ?? format.Type,
            Casing = options?.Word("casing", word => word is "mixed" or "upper" or "lower" ? word : null) ?? format.Casing,
            Length = options?.Number("length", format.Length, MaxIdentityLength) ?? format.Length,
        };
    }

    private static ProvisioningSettings Merge(ProvisioningSettings provisioning, JsonFields fields)
    {
        var list = fields.Object("ip_whitelisting");
        return provisioning with
        {
            AuthType = fields.Word("auth_type", AuthTypeNames.Read) ?? provisioning.AuthType,
            Enabled = fields.Flag("enabled", provisioning.Enabled),
            GenerateIdentity = fields.Flag("generate_identity", provisioning.GenerateIdentity),
            PresenterIdentity = fields.Flag("presenter_identity", provisioning.PresenterIdentity),
            AddressListEnabled = list?.Flag("enabled", provisioning.AddressListEnabled) ?? provisioning.AddressListEnabled,
            AllowedAddresses = list is null ? provisioning.AllowedAddresses : Addresses(list, provisioning.AllowedAddresses),
        };
    }

    private static PkiSettings Merge(PkiSettings pki, JsonFields fields) => pki with
    {
        Enabled = fields.Flag("enabled", pki.Enabled),
        ClientCa = fields.Text("client_ca", pki.ClientCa, MaxCaLength),
    };

    // Murano's schema has the port as text, its settings of 2017 as a number: both are read.
    private static int Port(JsonFields fields, int present)
    {
        if (!fields.TryGet("port", out var value))
        {
            return present;
        }

        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= MaxPort)
        {
            return port;
        }

        fields.Refuse(new("invalid-type", "protocol.port", "protocol.port must be a port number."));
        return present;
    }

    private static IReadOnlyList<string> Addresses(JsonFields list, IReadOnlyList<string> present)
    {
        const string Path = "provisioning.ip_whitelisting.allowed";
        if (!list.TryGet("allowed", out var value))
        {
            return present;
        }

        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > MaxAddresses)
        {
            list.Refuse(new("invalid-type", Path, string.Create(CultureInfo.InvariantCulture, $"{Path} must be a list of at most {MaxAddresses} addresses.")));
            return present;
        }

        List<string> addresses = [];
        foreach (var entry in value.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.String || !IsAddressOrRange(entry.GetString()!))
            {
                list.Refuse(new("bad-address", Path, $"{Path} must hold IP addresses and CIDR ranges."));
                return present;
            }

            addresses.Add(entry.GetString()!);
        }

        return addresses;
    }

    private static bool IsAddressOrRange(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var address = slash < 0 ? text : text[..slash];

        // A bare number would pass for an IPv4 address too.
        if (!address.AsSpan().ContainsAny('.', ':') || !IPAddress.TryParse(address, out var parsed))
        {
            return false;
        }

        return slash < 0
            || (int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var bits)
                && bits <= (parsed.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
    }
}
