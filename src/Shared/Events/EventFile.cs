namespace Murano.Shared.Events;

/// <summary>The file in the payload of <see cref="EventType.ContentIn"/>.</summary>
/// <param name="Id">Its content id, <c>device2/{identity}/{name}</c>.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Type">Its MIME type.</param>
internal sealed record EventFile(string Id, long Length, string Type);
