using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>A device that a row leads to.</summary>
/// <param name="Device">The device.</param>
/// <param name="Tag">The tag that led to it; null = something else did.</param>
internal readonly record struct DeviceHit(DeviceKey Device, Tag? Tag);
