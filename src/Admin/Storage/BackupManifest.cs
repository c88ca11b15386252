namespace Murano.Admin.Storage;

/// <summary>What a backup holds: the file <c>manifest.json</c>.</summary>
internal sealed record BackupManifest
{
    /// <summary>The format that this program writes.</summary>
    public const int Current = 1;

    /// <summary>Folder with the blobs' bytes.</summary>
    public const string BlobFolder = "blobs";

    /// <summary>File with a line for each blob.</summary>
    public const string BlobFile = "blobs.jsonl.gz";

    /// <summary>The format.</summary>
    public int Format { get; init; } = Current;

    /// <summary>Version of the storage schema.</summary>
    public required int Schema { get; init; }

    /// <summary>Prefix of the installation.</summary>
    public required string Prefix { get; init; }

    /// <summary>When it began: what is in it is as it was then or later.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>When it was complete.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>The tables.</summary>
    public required IReadOnlyList<BackupFile> Tables { get; init; }

    /// <summary>The blobs; null = they are not in it.</summary>
    public BackupFile? Blobs { get; init; }

    /// <summary>The file of a table.</summary>
    public static string FileOf(string table) => $"{table}.jsonl.gz";
}
