namespace Murano.Admin.Export;

/// <summary>Names of the files of an export.</summary>
internal static class ExportFiles
{
    /// <summary>Of what the folder is the export.</summary>
    public const string Source = "source.json";

    /// <summary>Settings and resources, as the source gave them.</summary>
    public const string Settings = "settings.json";

    /// <summary>One identity a line.</summary>
    public const string Devices = "devices.jsonl";

    /// <summary>One file a line.</summary>
    public const string Content = "content.jsonl";

    /// <summary>The files' bytes.</summary>
    public const string ContentFolder = "content";

    /// <summary>What could not be had.</summary>
    public const string Problems = "problems.jsonl";

    /// <summary>The identities whose tokens are needed, for the owner to fill in.</summary>
    public const string TokensNeeded = "tokens-needed.csv";
}
