using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>What a header must say so that a presented credential holds.</summary>
/// <param name="Type">The kind that was presented.</param>
/// <param name="Hash">The hash that the header must have; null = any of the kind, because a CA vouches for the device.</param>
internal sealed record CredentialProof(AuthType Type, string? Hash)
{
    /// <summary>Whether the header's credential is the one that was presented.</summary>
    public bool Holds(DeviceHeader header) =>
        header is { Status: DeviceStatus.Provisioned, Credential: not null }
        && header.AuthType == Type
        && (Hash is null || string.Equals(header.CredentialHash, Hash, StringComparison.Ordinal));
}
