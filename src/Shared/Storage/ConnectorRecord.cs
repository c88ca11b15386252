using Murano.Shared.Connectors;

namespace Murano.Shared.Storage;

/// <summary>A connector as it is stored.</summary>
internal sealed record ConnectorRecord
{
    /// <summary>Settings and resources.</summary>
    public required Connector Connector { get; init; }

    /// <summary>When it was made, µs since the Unix epoch.</summary>
    public long Created { get; init; }

    /// <summary>When it was marked as deleting, µs since the Unix epoch; 0 = it is not.</summary>
    public long DeletingSince { get; init; }

    /// <summary>Raised by each change.</summary>
    public long Version { get; init; }

    /// <summary>The operation that wrote it last: a lost reply is told from a lost race by it.</summary>
    public string OperationId { get; init; } = "";

    /// <summary>The settings row's ETag as it was read; null = the row does not exist yet.</summary>
    public string? ETag { get; init; }
}
