using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;
using Murano.Shared.Tags;

namespace Murano.Shared.Identities;

/// <summary>Lists, searches and counts a connector's devices. What it returns was read from the devices themselves; directory, recency and the index of tags only lead to them.</summary>
public sealed class IdentityList(DeviceLooks looks, TableDirectoryStore directory, TableRecencyStore recency, TagSearch tags, IOptions<DeviceOptions> options, TimeProvider time) : IDisposable
{
    /// <summary>Most devices that are sorted exactly by the time they were last seen; more are sorted to the hour from page to page, and exactly within a page.</summary>
    public const int SortedExactly = 1000;

    // So many devices that a tag leads to are kept in mind while others are passed over; where there are more, each device is looked at.
    private const int Remembered = 10_000;

    private const int RowsAtOnce = 1000;

    // What led to very many a moment ago does: a fleet, or those with some tags. Asking costs thousands of rows.
    private const int ManyRemembered = 1000;
    private static readonly TimeSpan ManyFor = TimeSpan.FromMinutes(1);

    private readonly BoundedCache<(ConnectorId Connector, TagFilter Tags), Many> _many = new(ManyRemembered, ManyFor);

    private static readonly Failure BadCursor = new Failure.Rejected("bad-cursor", "", "cursor must be the one that came with the page before, in the same order.");

    private static Comparer<Device> Exact { get; } = Comparer<Device>.Create(static (one, other) =>
        (one.LastSeen, other.LastSeen) is (0, 0)
            ? Compare(one.Created, other.Created, one, other)
            : Compare(other.LastSeen, one.LastSeen, one, other));

    /// <inheritdoc/>
    public void Dispose() => _many.Dispose();

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

        var search = new IdentitySearch(connector.Id, query, from, time.GetUnixMicros());
        var page = query.Filter.Identity is { IsExact: true, Text: var text } ? await FindAsync(search, text, cancellationToken)
            : query.Order == IdentityOrder.Identity ? await ListByIdentityAsync(search, cancellationToken)
            : await ListByLastSeenAsync(search, cancellationToken);
        return await looks.AddDetailsAsync(connector, query, page, cancellationToken);
    }

    /// <summary>
    /// How many devices there are. Reads the connector's part of the directory and the part of the index that the tags lead to, 1,000 rows at once; for a filter by
    /// presence or address also each device that is left.
    /// </summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<long> CountAsync(Connector connector, IdentityFilter filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(filter);
        var search = new IdentitySearch(connector.Id, new IdentityQuery { Filter = filter, Limit = RowsAtOnce }, null, time.GetUnixMicros());
        if (filter.Identity is { IsExact: true, Text: var text })
        {
            return (await FindAsync(search, text, cancellationToken)).Devices.Count;
        }

        var tagged = filter.Tags.IsEmpty ? null : await tags.FindAsync(connector.Id, filter.Tags, int.MaxValue, cancellationToken);
        var hits = tagged is not null && filter.IsToldByKeys
            ? tagged.Values.Where(hit => filter.Matches(hit.Device.Identity)).ToAsyncEnumerable()
            : ListDirectoryAsync(search, cancellationToken).Where(hit => filter.Matches(hit.Device.Identity) && tagged?.ContainsKey(hit.Device) != false).Select(hit => tagged?[hit.Device] ?? hit);
        long count = 0;
        await foreach (var batch in hits.Chunk(RowsAtOnce).WithCancellation(cancellationToken))
        {
            count += filter.IsToldByRows ? batch.Length : (await looks.LoadAsync(search, batch, cancellationToken)).Count(device => device is not null);
        }

        return count;
    }

    private async Task<IdentityPage> FindAsync(IdentitySearch search, string text, CancellationToken cancellationToken) =>
        search.From is null && IdentityId.TryParse(text, out var identity)
            ? new([.. (await looks.LoadAsync(search, [new(new DeviceKey(search.Connector, identity), null)], cancellationToken)).OfType<Device>()], null)
            : new([], null);

    private async Task<IdentityPage> ListByIdentityAsync(IdentitySearch search, CancellationToken cancellationToken) => await FillAsync(
        await LeadAsync(search, cancellationToken),
        search,
        hit => hit,
        hit => hit.Device.Partition,
        batch => looks.LoadAsync(search, batch, cancellationToken),
        cancellationToken);

    /// <summary>Devices in order of identity among which are all that pass, by what leads to the fewest.</summary>
    private async Task<IAsyncEnumerable<DeviceHit>> LeadAsync(IdentitySearch search, CancellationToken cancellationToken)
    {
        var filter = search.Query.Filter.Tags;
        if (filter.IsEmpty)
        {
            return ListDirectoryAsync(search, cancellationToken);
        }

        var found = search.IsInOrder ? null : await tags.FindAsync(search.Connector, filter, SortedExactly, cancellationToken);
        if (found is null && search.InOrder is { } condition)
        {
            return tags.ListAsync(search.Connector, condition, search.From?.Place, search.RowsAtOnce, cancellationToken);
        }

        found ??= await RememberAsync(search, cancellationToken);
        return found is null
            ? ListDirectoryAsync(search, cancellationToken)
            : InOrder(found.Values).Where(hit => search.From is null || string.CompareOrdinal(hit.Device.Partition, search.From.Place) > 0).ToAsyncEnumerable();
    }

    private async Task<IdentityPage> ListByLastSeenAsync(IdentitySearch search, CancellationToken cancellationToken)
    {
        var tagged = await RememberAsync(search, cancellationToken);

        // A walk that was begun goes on; where it began, there were many.
        if (search.From is not { Seen: null } && await FindFewAsync(search, tagged, cancellationToken) is { } few)
        {
            return Sort(search, (await looks.LoadAsync(search, few, cancellationToken)).OfType<Device>());
        }

        return await WalkAsync(search, tagged, cancellationToken);
    }

    /// <summary>The devices that the tags lead to; null without tags, and when there are too many to keep in mind.</summary>
    private async Task<IReadOnlyDictionary<DeviceKey, DeviceHit>?> RememberAsync(IdentitySearch search, CancellationToken cancellationToken)
    {
        var filter = search.Query.Filter.Tags;
        if (filter.IsEmpty || AreMany(search.Connector, filter))
        {
            return null;
        }

        var found = await tags.FindAsync(search.Connector, filter, Remembered, cancellationToken);
        if (found is null)
        {
            NoteMany(search.Connector, filter);
        }

        return found;
    }

    /// <summary>Devices in order of identity among which are all that pass; null when there are more than are sorted exactly.</summary>
    private async Task<IReadOnlyList<DeviceHit>?> FindFewAsync(IdentitySearch search, IReadOnlyDictionary<DeviceKey, DeviceHit>? tagged, CancellationToken cancellationToken)
    {
        var filter = search.Query.Filter;
        if (tagged?.Count <= SortedExactly)
        {
            return [.. InOrder(tagged.Values).Where(hit => filter.Matches(hit.Device.Identity))];
        }

        // A page that goes on in exact order asks in any case.
        var isWhole = filter is { IsToldByKeys: true, Identity: null };
        if (isWhole && search.From is null && (AreMany(search.Connector, TagFilter.None) || !filter.Tags.IsEmpty))
        {
            return null;
        }

        List<DeviceHit> hits = [];
        await foreach (var hit in ListDirectoryAsync(search, cancellationToken))
        {
            hits.Add(hit);
            if (hits.Count > SortedExactly)
            {
                if (isWhole)
                {
                    NoteMany(search.Connector, TagFilter.None);
                }

                return null;
            }
        }

        return [.. hits.Where(hit => filter.Matches(hit.Device.Identity))];
    }

    private bool AreMany(ConnectorId connector, TagFilter filter) => _many.TryGet((connector, filter), out var many) && time.GetUtcNow() < many.Until;

    private void NoteMany(ConnectorId connector, TagFilter filter) => _many.Set((connector, filter), new Many(time.GetUtcNow() + ManyFor));

    private static IOrderedEnumerable<DeviceHit> InOrder(IEnumerable<DeviceHit> hits) => hits.OrderBy(hit => hit.Device.Partition, StringComparer.Ordinal);

    private static IdentityPage Sort(IdentitySearch search, IEnumerable<Device> found)
    {
        var rows = search.Query.Rows;
        var sorted = found.OrderBy(device => device, Exact).Where(search.IsAfter).Take(rows + 1).ToList();
        if (sorted.Count <= rows)
        {
            return new(sorted, null);
        }

        sorted.RemoveAt(rows);
        var last = sorted[^1];
        var place = RecencyKey.Of(new DeviceKey(search.Connector, last.Identity), last.LastSeen, last.Created).Partition;
        return new(sorted, new IdentityCursor(place, IdentityOrder.LastSeen, last.LastSeen, last.Created).ToString());
    }

    private async Task<IdentityPage> WalkAsync(IdentitySearch search, IReadOnlyDictionary<DeviceKey, DeviceHit>? tagged, CancellationToken cancellationToken)
    {
        var page = await FillAsync(
            recency.ListAsync(search.WalkFrom, search.WalkEnd(options.Value), search.WalkRowsAtOnce, cancellationToken),
            search,
            row => tagged is null ? new DeviceHit(row.Key.Device, null) : tagged.TryGetValue(row.Key.Device, out var hit) ? hit : null,
            row => row.Key.Partition,
            batch => looks.LoadAsync(search, [.. batch.Select(row => (new DeviceHit(row.Key.Device, tagged?[row.Key.Device].Tag), row.Key, row.ETag))], CountsAsync, cancellationToken),
            cancellationToken);
        return page with { Devices = [.. page.Devices.OrderBy(device => device, Exact)] };
    }

    /// <summary>Fills a page from rows in order: devices are looked at a batch at a time, so that a page does not look at many more than it shows.</summary>
    /// <param name="rows">What leads to the devices.</param>
    /// <param name="search">What is wanted.</param>
    /// <param name="hit">The device of a row; null = it cannot pass.</param>
    /// <param name="place">Where a row stands.</param>
    /// <param name="load">The devices of rows, in the same order; null for one that does not pass.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private static async Task<IdentityPage> FillAsync<T>(
        IAsyncEnumerable<T> rows, IdentitySearch search, Func<T, DeviceHit?> hit, Func<T, string> place, Func<List<T>, Task<Device?[]>> load, CancellationToken cancellationToken)
    {
        var page = new IdentityPageBuilder(search.Query);
        await foreach (var batch in BatchesAsync(rows, search, hit, cancellationToken))
        {
            if (page.IsFull)
            {
                return page.ToPage(isEnd: false);
            }

            var found = await load([.. batch.Where(row => row.IsWanted).Select(row => row.Row)]);
            var next = 0;
            foreach (var (row, isWanted) in batch)
            {
                if (page.IsFull)
                {
                    return page.ToPage(isEnd: false);
                }

                page.Add(place(row), isWanted, isWanted ? found[next++] : null);
            }
        }

        return page.ToPage(isEnd: true);
    }

    // Batches of rows in order, with as many devices to look at as a page needs, from no more rows than came in one request.
    private static async IAsyncEnumerable<List<(T Row, bool IsWanted)>> BatchesAsync<T>(
        IAsyncEnumerable<T> rows, IdentitySearch search, Func<T, DeviceHit?> hit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<(T Row, bool IsWanted)> batch = [];
        var wanted = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            var isWanted = hit(row) is { } found && search.Query.Filter.Matches(found.Device.Identity);
            batch.Add((row, isWanted));
            wanted += isWanted ? 1 : 0;
            if (wanted == search.BatchSize || batch.Count == search.RowsAtOnce)
            {
                yield return batch;
                (batch, wanted) = ([], 0);
            }
        }

        if (batch.Count > 0)
        {
            yield return batch;
        }
    }

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

    private IAsyncEnumerable<DeviceHit> ListDirectoryAsync(IdentitySearch search, CancellationToken cancellationToken)
    {
        var prefix = KeyCodec.Encode(search.Query.Filter.Identity?.Prefix ?? "");
        var start = DeviceKey.RangeStart(search.Connector) + prefix;
        var end = start[..^1] + (char)(start[^1] + 1);
        var from = search.From is { Order: IdentityOrder.Identity, Place: var place } && string.CompareOrdinal(place, start) > 0 ? place : BeforeFirst(start);
        return directory.ListAsync(from, end, search.Query.Filter, search.Now, search.RowsAtOnce, cancellationToken).Select(key => new DeviceHit(key, null));
    }

    // A range begins after a key, and the prefix itself may be one. No key holds a tilde, which sorts after all that they hold.
    private static string BeforeFirst(string start) => start[..^1] + (char)(start[^1] - 1) + '~';

    private static int Compare(long one, long other, Device first, Device second) =>
        one != other ? one.CompareTo(other) : string.CompareOrdinal(KeyCodec.Encode(first.Identity.Value), KeyCodec.Encode(second.Identity.Value));

    private sealed record Many(DateTimeOffset Until);
}
