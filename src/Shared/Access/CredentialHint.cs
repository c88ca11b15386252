using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>What <c>credentials</c> says of a token: whose it was when the row was written. The fence says whether it still is.</summary>
internal sealed record CredentialHint(DeviceKey Device, CredentialId Credential);
