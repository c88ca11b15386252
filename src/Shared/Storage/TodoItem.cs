using Murano.Shared.Access;

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

    /// <summary>Credentials that the operation makes or unmakes, by hash and id: those whose rows it answers for, and no others.</summary>
    public IReadOnlyList<(string Hash, CredentialId Id)> Credentials { get; init; } = [];

    /// <summary>Mark of the device's row in <c>recency</c> before the operation; empty = it had none.</summary>
    public string Listed { get; init; } = "";
}
