namespace Murano.Admin.Storage;

/// <summary>A file of a backup.</summary>
/// <param name="Name">The table without prefix, or <c>blobs</c>.</param>
/// <param name="File">The file.</param>
/// <param name="Rows">Lines: rows of the table, or blobs.</param>
/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
internal sealed record BackupFile(string Name, string File, long Rows, string Sha256);
