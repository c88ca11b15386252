using Murano.Shared.Connectors;
using Murano.Shared.Storage;
using Murano.Shared.Tags;

namespace Murano.Shared.Identities;

/// <summary>One call of the list, as its parts see it.</summary>
/// <param name="Connector">Whose devices.</param>
/// <param name="Query">What is wanted.</param>
/// <param name="From">Where the page before ended; null = the first page.</param>
/// <param name="Now">µs since the Unix epoch.</param>
internal sealed record IdentitySearch(ConnectorId Connector, IdentityQuery Query, IdentityCursor? From, long Now)
{
    private const int MostRowsAtOnce = 1000;
    private const int FewestLooksAtOnce = 16;
    private const int MostLooksAtOnce = 200;

    private IdentityFilter Filter => Query.Filter;

    /// <summary>The only thing that is asked, if that is one value of a tag.</summary>
    private bool IsOneTag => Filter is { IsToldByKeys: true, Identity: null, Tags.Conditions: [{ IsExact: true }] };

    /// <summary>Whether what the directory leads to lies close together.</summary>
    public bool IsDense => Filter.IsToldByKeys && Filter.Tags.IsEmpty;

    /// <summary>Whether nearly each row leads to a device that passes.</summary>
    private bool IsTold => (Filter.Tags.IsEmpty || IsOneTag) && Filter.IsToldByRows && Filter.Identity is null or { IsPrefix: true };

    /// <summary>Devices looked at in one go: a page, as far as one can tell.</summary>
    public int BatchSize => IsTold ? Math.Min(Query.Rows + 1, MostRowsAtOnce) : Math.Clamp(Query.Rows + 1, FewestLooksAtOnce, MostLooksAtOnce);

    /// <summary>Rows that are worth fetching at once.</summary>
    public int RowsAtOnce => Query.Order == IdentityOrder.Identity && IsTold ? BatchSize : MostRowsAtOnce;

    /// <summary>Rows of a walk by last seen that are worth fetching at once: where each leads to a device that passes, no more than a page has.</summary>
    public int WalkRowsAtOnce => IsDense && Filter.Identity is null ? BatchSize : MostRowsAtOnce;

    /// <summary>The condition whose rows are in order of identities: the first that asks for one value. Null = there is none.</summary>
    public TagCondition? InOrder => Filter.Tags.Conditions.Where(condition => condition.IsExact).Select(condition => (TagCondition?)condition).FirstOrDefault();

    /// <summary>Whether the rows of <see cref="InOrder"/> are all that is needed.</summary>
    public bool IsInOrder => Filter.Tags.Conditions is [{ IsExact: true }];

    /// <summary>Where a walk begins.</summary>
    public string WalkFrom => From?.Place ?? (Query.Before > 0 ? RecencyKey.RangeStart(Connector, Query.Before) : DeviceKey.RangeStart(Connector));

    /// <summary>Where a walk ends: those who are there were seen not long ago.</summary>
    public string WalkEnd(DeviceOptions options) => Filter.Online == true
        ? RecencyKey.RangeEnd(Connector, Now - (long)(options.OnlineFor > Polls.PollRules.LongestWait ? options.OnlineFor : Polls.PollRules.LongestWait).TotalMicroseconds)
        : DeviceKey.RangeEnd(Connector);

    /// <summary>Whether the device was seen before the time asked for.</summary>
    public bool IsBefore(Device device) => Query.Before == 0 || device.LastSeen < Query.Before;

    /// <summary>Whether the device comes after the cursor in exact order.</summary>
    public bool IsAfter(Device device) => IsBefore(device) && From switch
    {
        null => true,
        { Seen: { } seen } when seen != device.LastSeen => device.LastSeen < seen,
        { Seen: 0 } when From.Created != device.Created => device.Created > From.Created,
        { Seen: not null } => string.CompareOrdinal(KeyCodec.Encode(device.Identity.Value), From.Place[(From.Place.LastIndexOf(KeyCodec.Separator) + 1)..]) > 0,
        _ => string.CompareOrdinal(RecencyKey.Of(new DeviceKey(Connector, device.Identity), device.LastSeen, device.Created).Partition, From.Place) > 0,
    };
}
