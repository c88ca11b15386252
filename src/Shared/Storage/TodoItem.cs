namespace Murano.Shared.Storage;

/// <summary>Work on one device that must be finished, whoever began it.</summary>
internal sealed record TodoItem
{
    /// <summary>When the sweeper may take it: long after the request that began it has ended.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>The operation; also stamped on the header that it writes.</summary>
    public required string OperationId { get; init; }

    /// <summary>The device.</summary>
    public required DeviceKey Device { get; init; }

    /// <summary>Hashes of credentials that are to go unless the header names them.</summary>
    public IReadOnlyList<string> CredentialHashes { get; init; } = [];
}
