using Murano.Shared.Identities;

namespace Murano.Shared.Connectors;

/// <summary>Which identities a format lets in (specification f).</summary>
public static class IdentityFormatRules
{
    /// <summary>Whether the identity is of the format.</summary>
    public static bool Matches(IdentityFormat format, IdentityId identity) => throw new NotSupportedException();
}
