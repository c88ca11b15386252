using Murano.Shared.Connectors;

namespace Murano.Shared.Access;

/// <summary>A credential that a device is to get, as its header will have it.</summary>
/// <param name="Type">Its kind.</param>
/// <param name="Hash">SHA-256 of the token or certificate, or the password's hash.</param>
/// <param name="Id">Its id.</param>
internal sealed record NewCredential(AuthType Type, string Hash, CredentialId Id);
