namespace Murano.Shared.Access;

/// <summary>A credential that was found to hold a moment ago.</summary>
/// <param name="Key">Where caches keep it: a token's hash, or the device's partition.</param>
/// <param name="Digest">What exactly was presented; another password or certificate of the same device must not pass by this one.</param>
/// <param name="Hint">Whose it is.</param>
/// <param name="Proof">What the header must say for it.</param>
internal sealed record KnownCredential(string Key, string Digest, CredentialHint Hint, CredentialProof Proof);
