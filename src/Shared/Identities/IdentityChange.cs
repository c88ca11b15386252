using Murano.Shared.Connectors;

namespace Murano.Shared.Identities;

/// <summary>What an operator wants of an identity (PUT and PATCH of specification b.4); null = leave it.</summary>
public sealed record IdentityChange
{
    /// <summary>Lock or unlock.</summary>
    public bool? Locked { get; init; }

    /// <summary>Let it activate once more.</summary>
    public bool? Reprovision { get; init; }

    /// <summary>Kind of credential.</summary>
    public AuthType? AuthType { get; init; }

    /// <summary>A credential set by hand, of the kind that <see cref="AuthType"/> says: a token's 40 letters and digits, a password, a certificate in PEM. A secret.</summary>
    public string? Key { get; init; }

    /// <summary>End of the activation window in µs since the Unix epoch; 0 on a provisioned device revokes its credential.</summary>
    public long? Expire { get; init; }

    /// <summary>When a new identity counts as created, µs since the Unix epoch; null = now. Keeps those of one table in its order.</summary>
    internal long? Created { get; init; }

    /// <summary>Never the key.</summary>
    public override string ToString() => nameof(IdentityChange);
}
