namespace Murano.Shared.Access;

/// <summary>Names one credential of one device: random, made anew whenever the credential changes, so that an old one can never pass for a new one.</summary>
/// <param name="Value">32 lower-case hexadecimal digits.</param>
public readonly record struct CredentialId(string Value)
{
    /// <summary>A new random id.</summary>
    public static CredentialId New() => new(Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16)));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
