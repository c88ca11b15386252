using Murano.Shared.Access;

namespace Murano.Shared.Provisioning;

/// <summary>A device has its credential.</summary>
/// <param name="Token">Its new token; null when it brought a password.</param>
public sealed record Activated(DeviceToken? Token);
