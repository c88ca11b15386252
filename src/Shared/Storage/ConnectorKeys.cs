using Murano.Shared.State;

namespace Murano.Shared.Storage;

/// <summary>Keys of table <c>connectors</c>: one partition a connector.</summary>
internal static class ConnectorKeys
{
    /// <summary>The row with the settings; all resources' rows sort before it.</summary>
    public const string Settings = "settings";

    /// <summary>First key that a resource's row may have; rows that do not belong to settings and resources sort outside of this and <see cref="Settings"/>.</summary>
    public const string FirstResource = Prefix;

    /// <summary>First key that a job's row may have; all of them sort before <see cref="FirstResource"/>.</summary>
    public const string FirstJob = "job!";

    /// <summary>Jobs' rows sort before this.</summary>
    public const string AfterJobs = "job\"";

    private const string Prefix = "resource!";

    /// <summary>The row of a job.</summary>
    public static string Job(string id) => FirstJob + id;

    /// <summary>The row of a resource.</summary>
    public static string Resource(Alias alias) => Prefix + KeyCodec.Encode(alias.Value);

    /// <summary>The alias of a resource's row; false for any other row.</summary>
    public static bool TryParseResource(string row, out Alias alias)
    {
        alias = default;
        return row.StartsWith(Prefix, StringComparison.Ordinal) && Alias.TryParse(KeyCodec.Decode(row.AsSpan(Prefix.Length)), out alias);
    }
}
