using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>Lists, searches and counts a connector's devices. What it returns was read from the devices themselves; directory and recency only lead to them.</summary>
public sealed class IdentityList(TableDeviceStore devices, TableDirectoryStore directory, TableRecencyStore recency, IOptions<DeviceOptions> options, TimeProvider time)
{
    /// <summary>Most devices that are sorted exactly by the time they were last seen; more are sorted to the hour from page to page, and exactly within a page.</summary>
    public const int SortedExactly = 1000;

    private const int RowsAtOnce = 1000;
    private const int ReadsAtOnce = 16;

    // A search that lets little through ends its page after so many looks, and goes on with the next page.
    private const int LooksAPage = 2000;

    // A page that takes so many devices of the directory as they come reads their partitions in one go.
    private const int ManyRows = 200;

    private static readonly Failure BadCursor = new Failure.Rejected("bad-cursor", "", "cursor must be the one that came with the page before, in the same order.");

    /// <summary>A page of devices.</summary>
    /// <returns>The page; Rejected for a cursor that is none.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<IdentityPage>> ListAsync(Connector connector, IdentityQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(query);
        IdentityCursor? from = null;
        if (query.Cursor is not null && !IdentityCursor.TryParse(query.Cursor, connector.Id, query.Order, out from))
        {
            return BadCursor;
        }

        var search = new Search(connector.Id, query, from, time.GetUnixMicros());
        return query.Filter.Identity is { IsExact: true, Text: var text } ? await FindAsync(search, text, cancellationToken)
            : query.Order == IdentityOrder.Identity ? await ListByIdentityAsync(search, cancellationToken)
            : await ListByLastSeenAsync(search, cancellationToken);
    }

    /// <summary>How many devices there are. Reads the connector's part of the directory, 1,000 rows at once; a filter by presence, address or pattern also each device that is left.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<long> CountAsync(Connector connector, IdentityFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(filter);
        var search = new Search(connector.Id, new IdentityQuery { Filter = filter }, null, time.GetUnixMicros());
        if (filter.Identity is { IsExact: true, Text: var text })
        {
            return (await FindAsync(search, text, cancellationToken)).Devices.Count;
        }

        long count = 0;
        await foreach (var batch in ListDirectoryAsync(search, cancellationToken).Chunk(RowsAtOnce).WithCancellation(cancellationToken))
        {
            count += filter.IsToldByDirectory ? batch.Length : (await LoadAsync(search, batch, cancellationToken)).Count(device => device is not null);
        }

        return count;
    }

    private async Task<IdentityPage> FindAsync(Search search, string text, CancellationToken cancellationToken)
    {
        if (search.From is null && IdentityId.TryParse(text, out var identity)
            && await devices.GetAsync(new DeviceKey(search.Connector, identity), cancellationToken) is { } record && Pass(search, record) is { } device)
        {
            return new([device], null);
        }

        return new([], null);
    }

    private async Task<IdentityPage> ListByIdentityAsync(Search search, CancellationToken cancellationToken)
    {
        var page = new PageBuilder(search.Query.Limit);
        await foreach (var batch in ListDirectoryAsync(search, cancellationToken).Chunk(search.BatchSize).WithCancellation(cancellationToken))
        {
            var found = await LoadAsync(search, batch, cancellationToken);
            for (var i = 0; i < batch.Length; i++)
            {
                if (page.IsFull || page.Looks >= LooksAPage)
                {
                    return page.ToPage(new IdentityCursor(page.Last!, IdentityOrder.Identity));
                }

                page.Add(found[i], batch[i].Partition);
            }
        }

        return page.ToPage(null);
    }

    private async Task<IdentityPage> ListByLastSeenAsync(Search search, CancellationToken cancellationToken)
    {
        // A walk that was begun goes on; where it began, there were many.
        if (search.From is not { Seen: null })
        {
            List<DeviceKey> keys = [];
            await foreach (var key in ListDirectoryAsync(search, cancellationToken))
            {
                keys.Add(key);
                if (keys.Count > SortedExactly)
                {
                    break;
                }
            }

            if (keys.Count <= SortedExactly)
            {
                return Sort(search, (await LoadAsync(search, keys, cancellationToken)).OfType<Device>());
            }
        }

        return await WalkAsync(search, cancellationToken);
    }

    private static IdentityPage Sort(Search search, IEnumerable<Device> found)
    {
        var sorted = found.OrderBy(device => device, Exact).Where(search.IsAfter).Take(search.Query.Limit + 1).ToList();
        if (sorted.Count <= search.Query.Limit)
        {
            return new(sorted, null);
        }

        sorted.RemoveAt(search.Query.Limit);
        var last = sorted[^1];
        var place = RecencyKey.Of(new DeviceKey(search.Connector, last.Identity), last.LastSeen, last.Created).Partition;
        return new(sorted, new IdentityCursor(place, IdentityOrder.LastSeen, last.LastSeen, last.Created).ToString());
    }

    private async Task<IdentityPage> WalkAsync(Search search, CancellationToken cancellationToken)
    {
        var page = new PageBuilder(search.Query.Limit);
        var rows = recency.ListAsync(search.WalkFrom, search.WalkEnd(options.Value), RowsAtOnce, cancellationToken);
        await foreach (var batch in rows.Chunk(search.BatchSize).WithCancellation(cancellationToken))
        {
            var found = new Device?[batch.Length];
            await Parallel.ForAsync(0, batch.Length, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken }, async (i, token) =>
            {
                var record = await devices.GetAsync(batch[i].Key.Device, token);
                found[i] = await CountsAsync(batch[i].Key, batch[i].ETag, record, token) && Pass(search, record!) is { } device && search.IsBefore(device) ? device : null;
            });
            for (var i = 0; i < batch.Length; i++)
            {
                if (page.IsFull || page.Looks >= LooksAPage)
                {
                    return Sorted(page.ToPage(new IdentityCursor(page.Last!, IdentityOrder.LastSeen)));
                }

                page.Add(found[i], batch[i].Key.Partition);
            }
        }

        return Sorted(page.ToPage(null));
    }

    private static IdentityPage Sorted(IdentityPage page) => page with { Devices = [.. page.Devices.OrderBy(device => device, Exact)] };

    /// <summary>Whether the device is listed by this row. One that says an earlier hour is a leftover; one that says a later hour counts while there is no better.</summary>
    private async Task<bool> CountsAsync(RecencyKey row, string etag, DeviceRecord? record, CancellationToken cancellationToken)
    {
        if (record is not null)
        {
            var wanted = RecencyKey.Of(record);
            if (row == wanted)
            {
                return true;
            }

            if (!row.IsBefore(wanted))
            {
                return !await recency.HasAsync(wanted, cancellationToken);
            }
        }

        await recency.RemoveAsync(row, etag, cancellationToken);
        return false;
    }

    private IAsyncEnumerable<DeviceKey> ListDirectoryAsync(Search search, CancellationToken cancellationToken)
    {
        var prefix = KeyCodec.Encode(search.Query.Filter.Identity?.Prefix ?? "");
        var start = DeviceKey.RangeStart(search.Connector) + prefix;
        var end = start[..^1] + (char)(start[^1] + 1);
        var from = search.From is { Order: IdentityOrder.Identity, Place: var place } && string.CompareOrdinal(place, start) > 0 ? place : BeforeFirst(start);
        return directory.ListAsync(from, end, search.Query.Filter, search.Now, search.RowsAtOnce, cancellationToken);
    }

    // A range begins after a key, and the prefix itself may be one. No key holds a tilde, which sorts after all that they hold.
    private static string BeforeFirst(string start) => start[..^1] + (char)(start[^1] - 1) + '~';

    /// <summary>The devices of some keys as they are now, in the same order; null for one that does not pass.</summary>
    private async Task<Device?[]> LoadAsync(Search search, IReadOnlyList<DeviceKey> keys, CancellationToken cancellationToken)
    {
        var found = new Device?[keys.Count];
        if (keys.Count >= ManyRows && search.IsDense)
        {
            var records = (await devices.ListAsync(keys[0], keys[^1], cancellationToken)).ToDictionary(record => record.Header.Key);
            for (var i = 0; i < keys.Count; i++)
            {
                found[i] = records.TryGetValue(keys[i], out var record) ? Pass(search, record) : null;
            }

            return found;
        }

        await Parallel.ForAsync(0, keys.Count, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken }, async (i, token) =>
            found[i] = await devices.GetAsync(keys[i], token) is { } record ? Pass(search, record) : null);
        return found;
    }

    private Device? Pass(Search search, DeviceRecord record)
    {
        var device = record.ToDevice(search.Now, options.Value);
        return search.Query.Filter.Matches(device) ? device : null;
    }

    private static Comparer<Device> Exact { get; } = Comparer<Device>.Create(static (one, other) =>
        (one.LastSeen, other.LastSeen) is (0, 0)
            ? Compare(one.Created, other.Created, one, other)
            : Compare(other.LastSeen, one.LastSeen, one, other));

    private static int Compare(long one, long other, Device first, Device second) =>
        one != other ? one.CompareTo(other) : string.CompareOrdinal(KeyCodec.Encode(first.Identity.Value), KeyCodec.Encode(second.Identity.Value));

    /// <summary>One call.</summary>
    private sealed record Search(ConnectorId Connector, IdentityQuery Query, IdentityCursor? From, long Now)
    {
        /// <summary>Whether what the directory leads to lies close together.</summary>
        public bool IsDense => Query.Filter with { Identity = null, Online = null, Address = null } == new IdentityFilter();

        /// <summary>Devices looked at in one go: a page, as far as one can tell.</summary>
        public int BatchSize => Query.Filter.IsToldByDirectory ? Math.Min(Query.Limit + 1, RowsAtOnce) : 200;

        /// <summary>Rows that are worth fetching at once.</summary>
        public int RowsAtOnce => Query.Order == IdentityOrder.Identity && Query.Filter.IsToldByDirectory ? Math.Min(Query.Limit + 1, IdentityList.RowsAtOnce) : IdentityList.RowsAtOnce;

        /// <summary>Where a walk begins.</summary>
        public string WalkFrom => From?.Place ?? (Query.Before > 0 ? RecencyKey.RangeStart(Connector, Query.Before) : DeviceKey.RangeStart(Connector));

        /// <summary>Where a walk ends: those who are there were seen not long ago.</summary>
        public string WalkEnd(DeviceOptions options) => Query.Filter.Online == true
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

    private sealed class PageBuilder(int limit)
    {
        private readonly List<Device> _devices = [];

        public bool IsFull => _devices.Count == limit;

        public int Looks { get; private set; }

        public string? Last { get; private set; }

        public void Add(Device? device, string place)
        {
            Looks++;
            Last = place;
            if (device is not null)
            {
                _devices.Add(device);
            }
        }

        public IdentityPage ToPage(IdentityCursor? next) => new(_devices, next?.ToString());
    }
}
