using System.Text.Json.Serialization;

namespace Murano.Admin.Export;

/// <summary>One identity in the file <c>devices.jsonl</c>.</summary>
internal sealed record ExportedIdentity
{
    /// <summary>The identity.</summary>
    public required string Identity { get; init; }

    /// <summary>Kind of credential in the source's word; null = it says none.</summary>
    public string? AuthType { get; init; }

    /// <summary>End of the activation window, µs since the Unix epoch; 0 = none.</summary>
    public long Expire { get; init; }

    /// <summary>Where it stands, in the source's word.</summary>
    public string Status { get; init; } = "";

    /// <summary>Shut out.</summary>
    public bool Locked { get; init; }

    /// <summary>May activate once more.</summary>
    public bool Reprovision { get; init; }

    /// <summary>Came over the developer-mode address.</summary>
    public bool DevMode { get; init; }

    /// <summary>When it was seen last, µs since the Unix epoch; 0 = never.</summary>
    public long LastSeen { get; init; }

    /// <summary>Its address then.</summary>
    public string LastIp { get; init; } = "";

    /// <summary>Its tags.</summary>
    public IReadOnlyList<ExportedTag> Tags { get; init; } = [];

    /// <summary>Its values by alias.</summary>
    public IReadOnlyDictionary<string, ExportedValue> State { get; init; } = new Dictionary<string, ExportedValue>(StringComparer.Ordinal);

    /// <summary>What of it could not be read, as words; null = all could.</summary>
    public IReadOnlyList<string>? LeftOut { get; init; }

    /// <summary>Whether it may have a credential. A status such as <c>locked</c> or <c>reprovision</c> does not say that it has none.</summary>
    [JsonIgnore]
    public bool MayHaveCredential => Status is not ("whitelisted" or "expired" or "");
}
