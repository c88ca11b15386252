using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.State;
using Murano.Shared.Storage;
using Murano.Shared.Tags;

namespace Murano.Shared.Identities;

/// <summary>Looks at devices that rows of other tables lead to, several at once.</summary>
public sealed class DeviceLooks(TableDeviceStore devices, DeviceRanges ranges, StateService state, IOptions<DeviceOptions> options)
{
    private const int ReadsAtOnce = 16;

    // So many devices that lie close together are read in one go.
    private const int ManyRows = 200;

    /// <summary>The devices as they are now, in the same order; null for one that does not pass.</summary>
    internal async Task<Device?[]> LoadAsync(IdentitySearch search, IReadOnlyList<DeviceHit> hits, CancellationToken cancellationToken)
    {
        var found = new Device?[hits.Count];
        if (hits.Count >= ManyRows && search.IsDense)
        {
            var records = (await ranges.ListAsync(hits[0].Device, hits[^1].Device, cancellationToken)).ToDictionary(record => record.Header.Key);
            for (var i = 0; i < hits.Count; i++)
            {
                found[i] = records.TryGetValue(hits[i].Device, out var record) ? Pass(search, record) : null;
            }

            return found;
        }

        await ForEachAsync(hits.Count, async (i, token) => found[i] = await devices.GetAsync(hits[i].Device, token) is { } record ? await PassAsync(search, record, hits[i].Tag, token) : null, cancellationToken);
        return found;
    }

    /// <summary>The devices of rows by last seen, in the same order; null for one that does not pass, or that another row is to list.</summary>
    /// <param name="search">What is wanted.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="counts">Whether the row is the one that lists the device.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<Device?[]> LoadAsync(IdentitySearch search, IReadOnlyList<(DeviceHit Hit, RecencyKey Row, string ETag)> rows, Func<RecencyKey, string, DeviceRecord?, CancellationToken, Task<bool>> counts, CancellationToken cancellationToken)
    {
        var found = new Device?[rows.Count];
        await ForEachAsync(rows.Count, async (i, token) =>
        {
            var (hit, row, etag) = rows[i];
            var record = await devices.GetAsync(hit.Device, token);
            found[i] = await counts(row, etag, record, token) && await PassAsync(search, record!, hit.Tag, token) is { } device && search.IsBefore(device) ? device : null;
        }, cancellationToken);
        return found;
    }

    /// <summary>Adds tags and values to the devices of a page, if they are wanted.</summary>
    internal async Task<IdentityPage> AddDetailsAsync(Connector connector, IdentityQuery query, IdentityPage page, CancellationToken cancellationToken)
    {
        if (query.WithState.Count == 0 && (!query.WithTags || page.Devices.All(device => device.Tags is not null)))
        {
            return page;
        }

        Device[] detailed = [.. page.Devices];
        await ForEachAsync(detailed.Length, async (i, token) =>
        {
            var key = new DeviceKey(connector.Id, detailed[i].Identity);
            detailed[i] = detailed[i] with
            {
                Tags = query.WithTags ? detailed[i].Tags ?? await devices.ListTagsAsync(key, null, token) : null,
                State = query.WithState.Count > 0 ? await state.ReadAsync(connector, key, query.WithState, token) : null,
            };
        }, cancellationToken);
        return page with { Devices = detailed };
    }

    private static Task ForEachAsync(int count, Func<int, CancellationToken, Task> action, CancellationToken cancellationToken) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken }, async (i, token) => await action(i, token));

    private async Task<Device?> PassAsync(IdentitySearch search, DeviceRecord record, Tag? tag, CancellationToken cancellationToken) =>
        Pass(search, record) is { } device && await HasTagsAsync(search.Query.Filter.Tags, record.Header, tag, cancellationToken) ? device : null;

    private Device? Pass(IdentitySearch search, DeviceRecord record)
    {
        var device = record.ToDevice(search.Now, options.Value);
        return !search.Query.Filter.Matches(device) ? null
            : search.Query.WithTags && record.Header.TagText is { } tags ? device with { Tags = TagKeys.ParseList(tags) }
            : device;
    }

    // Where the header does not keep them: point reads where one tag is in question, which cost the same in a storage of any size.
    private async Task<bool> HasTagsAsync(TagFilter filter, DeviceHeader header, Tag? known, CancellationToken cancellationToken)
    {
        if (filter.IsEmpty)
        {
            return true;
        }

        if (header.TagText is { } tags)
        {
            return filter.Matches(TagKeys.ParseList(tags));
        }

        var key = header.Key;
        foreach (var condition in filter.Conditions)
        {
            var likely = condition.Tag ?? (known is { } tag && condition.Matches(tag) ? tag : null);
            if (likely is { } one && await devices.HasTagAsync(key, one, cancellationToken))
            {
                continue;
            }

            if (condition.IsExact || !(await devices.ListTagsAsync(key, condition.Name, cancellationToken)).Exists(condition.Matches))
            {
                return false;
            }
        }

        return true;
    }
}
