using Murano.Shared.Identities;
using Murano.Shared.State;

namespace Murano.Shared.Storage;

/// <summary>Keys of table <c>connectors</c>: one partition a connector.</summary>
internal static class ConnectorKeys
{
    /// <summary>The row with the settings; all resources' rows sort before it, and the watches' after it.</summary>
    public const string Settings = "settings";

    /// <summary>First key that a resource's row may have; rows that are not read with the settings sort outside of this and <see cref="AfterWatches"/>.</summary>
    public const string FirstResource = Prefix;

    /// <summary>First key that a job's row may have; all of them sort before <see cref="FirstResource"/>.</summary>
    public const string FirstJob = "job!";

    /// <summary>Jobs' rows sort before this.</summary>
    public const string AfterJobs = "job\"";

    /// <summary>Watches' rows sort before this, and nothing else does that sorts after <see cref="Settings"/>.</summary>
    public const string AfterWatches = "watch\"";

    private const string Prefix = "resource!";
    private const string WatchPrefix = "watch!";

    /// <summary>The row of a job.</summary>
    public static string Job(string id) => FirstJob + id;

    /// <summary>The row of a resource.</summary>
    public static string Resource(Alias alias) => Prefix + KeyCodec.Encode(alias.Value);

    /// <summary>The row that says who watches: a device, or with null the whole connector.</summary>
    public static string Watch(IdentityId? identity) => WatchPrefix + (identity is { } device ? KeyCodec.Encode(device.Value) : "");

    /// <summary>What a watch's row is about; null = the whole connector. False for any other row.</summary>
    public static bool TryParseWatch(string row, out IdentityId? identity)
    {
        identity = null;
        if (!row.StartsWith(WatchPrefix, StringComparison.Ordinal))
        {
            return false;
        }

        if (row.Length == WatchPrefix.Length)
        {
            return true;
        }

        var isDevice = IdentityId.TryParse(KeyCodec.Decode(row.AsSpan(WatchPrefix.Length)), out var device);
        identity = device;
        return isDevice;
    }

    /// <summary>The alias of a resource's row; false for any other row.</summary>
    public static bool TryParseResource(string row, out Alias alias)
    {
        alias = default;
        return row.StartsWith(Prefix, StringComparison.Ordinal) && Alias.TryParse(KeyCodec.Decode(row.AsSpan(Prefix.Length)), out alias);
    }
}
