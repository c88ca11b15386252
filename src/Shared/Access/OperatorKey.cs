using Murano.Shared.Connectors;

namespace Murano.Shared.Access;

/// <summary>An operator's API key as storage knows it.</summary>
public sealed record OperatorKey
{
    /// <summary>Names it.</summary>
    public required OperatorKeyId Id { get; init; }

    /// <summary>Shown to people; the user name in Basic.</summary>
    public required string Name { get; init; }

    /// <summary>What its holder may do.</summary>
    public required OperatorRole Role { get; init; }

    /// <summary>The connectors that it is good for; null = all, also those that are yet to be made.</summary>
    public IReadOnlySet<ConnectorId>? Connectors { get; init; }

    /// <summary>When it ends, µs since the Unix epoch; 0 = never.</summary>
    public long Expires { get; init; }

    /// <summary>When it was made, µs since the Unix epoch.</summary>
    public long Created { get; init; }

    /// <summary>When it was last used, µs since the Unix epoch, right to some minutes; 0 = never.</summary>
    public long LastUsed { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    internal string Hash { get; init; } = "";

    /// <summary>Never the hash.</summary>
    public override string ToString() => $"{Name} ({Id}, {Role})";
}
