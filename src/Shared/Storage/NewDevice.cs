using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>A device that is to be made, without a credential.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Tags">Its tags.</param>
internal sealed record NewDevice(DeviceHeader Header, IReadOnlyList<Tag> Tags);
