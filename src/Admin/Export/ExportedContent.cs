namespace Murano.Admin.Export;

/// <summary>One file in <c>content.jsonl</c>. Its bytes are in <c>content/{sha256}</c>.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Type">Its MIME type.</param>
/// <param name="Length">Bytes.</param>
/// <param name="LastModified">As the source says it.</param>
/// <param name="Tags">Its tags: lists of texts by name.</param>
/// <param name="Sha256">Of the bytes, in hexadecimal digits.</param>
internal sealed record ExportedContent(string Id, string Type, long Length, string LastModified, IReadOnlyDictionary<string, IReadOnlyList<string>> Tags, string Sha256);
