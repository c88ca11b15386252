namespace Murano.Admin.Export;

/// <summary>What an export holds: the file <c>manifest.json</c>.</summary>
internal sealed record ExportManifest
{
    /// <summary>The format that this program writes.</summary>
    public const int Current = 1;

    /// <summary>The format.</summary>
    public int Format { get; init; } = Current;

    /// <summary>The management API it came from.</summary>
    public required string Source { get; init; }

    /// <summary>The connector there.</summary>
    public required string Connector { get; init; }

    /// <summary>When the last run began that worked on it.</summary>
    public required DateTimeOffset Began { get; init; }

    /// <summary>When it was complete.</summary>
    public required DateTimeOffset Ended { get; init; }

    /// <summary>Resources.</summary>
    public required int Resources { get; init; }

    /// <summary>Identities.</summary>
    public required int Identities { get; init; }

    /// <summary>How many identities the source counts; null = it does not say.</summary>
    public long? IdentitiesAtSource { get; init; }

    /// <summary>Tags of identities.</summary>
    public required long Tags { get; init; }

    /// <summary>Aliases with values, of all identities.</summary>
    public required long Values { get; init; }

    /// <summary>Files.</summary>
    public required int Content { get; init; }

    /// <summary>Bytes of files.</summary>
    public required long ContentBytes { get; init; }

    /// <summary>Lines of <c>problems.jsonl</c>.</summary>
    public required int Problems { get; init; }
}
