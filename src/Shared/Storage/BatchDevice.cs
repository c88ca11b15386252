using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>A device of a batch, as work on it names it.</summary>
/// <param name="Device">The device.</param>
/// <param name="Listed">Mark of the row in <c>recency</c> that the operation makes.</param>
/// <param name="Tags">Tags that the operation gives it.</param>
internal sealed record BatchDevice(DeviceKey Device, string Listed, IReadOnlyList<Tag> Tags);
