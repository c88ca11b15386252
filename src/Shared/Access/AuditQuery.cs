using Murano.Shared.Connectors;

namespace Murano.Shared.Access;

/// <summary>Which audit entries are wanted.</summary>
public sealed record AuditQuery
{
    /// <summary>Most entries on a page.</summary>
    public const int MaxLimit = 1000;

    /// <summary>Only entries of this time, µs since the Unix epoch, and later; null = as far back as entries are kept, a year at most.</summary>
    public long? From { get; init; }

    /// <summary>Only entries of this time, µs since the Unix epoch, and earlier; null = all.</summary>
    public long? To { get; init; }

    /// <summary>Entries on the page, 1 to <see cref="MaxLimit"/>.</summary>
    public int Limit { get; init; } = 100;

    /// <summary>Where the page before ended; null = from the newest.</summary>
    public string? Cursor { get; init; }

    /// <summary>Only entries about this connector; null = all.</summary>
    public ConnectorId? Connector { get; init; }
}
