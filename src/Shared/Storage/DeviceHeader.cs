using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>The header row of a device: what is true of it. All changes of a device's life go through it under its ETag.</summary>
internal sealed record DeviceHeader
{
    /// <summary>The device.</summary>
    public required DeviceKey Key { get; init; }

    /// <summary>The row's ETag as it was read; null = the row does not exist yet.</summary>
    public string? ETag { get; init; }

    /// <summary>Whitelisted, Provisioned or Deleting; Expired is derived from <see cref="Expire"/>.</summary>
    public DeviceStatus Status { get; init; }

    /// <summary>Whether the device is shut out.</summary>
    public bool Locked { get; init; }

    /// <summary>End of the activation window, µs; 0 = open.</summary>
    public long Expire { get; init; }

    /// <summary>When the device became known, µs.</summary>
    public long Created { get; init; }

    /// <summary>The operation that wrote the row last: a lost reply is told from a lost race by it.</summary>
    public string OperationId { get; init; } = "";

    /// <summary>Raised by each transaction that changes the row; derived rows are right once they were made from the newest.</summary>
    public long Version { get; init; }

    /// <summary>Moved by every cloud set, µs; 0 = none yet.</summary>
    public long PollStamp { get; init; }

    /// <summary>Kind of the credential, or the kind that the device is to get.</summary>
    public AuthType AuthType { get; init; }

    /// <summary>Whether a provisioned device may activate once more.</summary>
    public bool Reprovision { get; init; }

    /// <summary>Whether it was provisioned over the developer-mode endpoint.</summary>
    public bool DevMode { get; init; }

    /// <summary>The present credential; null = none.</summary>
    public CredentialId? Credential { get; init; }

    /// <summary>What is stored of the credential: SHA-256 of a token or certificate, or a password's hash; empty = none.</summary>
    public string CredentialHash { get; init; } = "";

    /// <summary>Hash by which <c>credentials</c> finds the device; empty = none, or another kind of credential.</summary>
    public string TokenHash => AuthType == AuthType.Token ? CredentialHash : "";

    /// <summary>The present token by hash and id, as work on it names it; empty = none, or another kind of credential.</summary>
    public IEnumerable<(string Hash, CredentialId Id)> Credentials => Credential is { } id && TokenHash.Length > 0 ? [(TokenHash, id)] : [];

    /// <summary>The device's tags as <see cref="TagKeys.HeaderText"/> has them; null = too many for that, and only their rows tell.</summary>
    public string? TagText { get; init; } = "";

    /// <summary>Last seen as of the moment when the fence was last removed.</summary>
    public LastSeen LastSeen { get; init; } = LastSeen.Never;

    /// <summary>Whether a fence stands beside this header.</summary>
    public bool HasFence => Status == DeviceStatus.Provisioned && !Locked && Credential is not null;
}
