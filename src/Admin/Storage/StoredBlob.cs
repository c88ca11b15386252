namespace Murano.Admin.Storage;

/// <summary>One blob of a backup. Its bytes are in <c>blobs/{sha256}</c>.</summary>
/// <param name="Connector">Whose container.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its MIME type.</param>
/// <param name="Metadata">Its metadata.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Of the bytes, in hexadecimal digits.</param>
internal sealed record StoredBlob(string Connector, string Name, string Type, IReadOnlyDictionary<string, string> Metadata, long Length, string Sha256);
