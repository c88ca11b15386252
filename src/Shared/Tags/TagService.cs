using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Tags;

/// <summary>What operators do with tags. Devices never see them.</summary>
public sealed class TagService(TableDeviceStore devices, TableTagStore index, DeviceIndexes indexes)
{
    /// <summary>All tags of a device, in order of their keys.</summary>
    /// <returns>The tags; NotFound.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<IReadOnlyList<Tag>>> GetAsync(Connector connector, IdentityId identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var (record, tags) = await devices.FindWithTagsAsync(new DeviceKey(connector.Id, identity), cancellationToken);
        return record is null or { Header.Status: DeviceStatus.Deleting } ? IdentityFailures.Unknown : tags;
    }

    /// <summary>Changes the tags of a device, all that is wanted or nothing.</summary>
    /// <returns>Done, also when nothing is to be changed; NotFound; Rejected when there would be too many; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the same change may be asked for again.</exception>
    public async Task<Outcome<Done>> ChangeAsync(Connector connector, IdentityId identity, TagEdit edit, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(edit);
        var work = new Change(new DeviceKey(connector.Id, identity), edit, OperationId.New());
        var outcome = await Contention.SettleAsync(() => TryChangeAsync(work, cancellationToken), cancellationToken);
        if (work.Todo is { } todo)
        {
            await indexes.FinishAsync(todo, cancellationToken);
        }

        return outcome;
    }

    /// <summary>Names that any device of the connector has, with the number of devices. Read from the index, so exact as soon as changes are through.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<TagCountPage> ListNamesAsync(Connector connector, TagQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(query);
        return query.Counts
            ? await CountAsync(index.ScanAsync(connector.Id, null, query.After, cancellationToken), row => row.Tag.Name.Value, query.Limit)
            : await SkipAsync(connector.Id, query, cancellationToken);
    }

    /// <summary>Values that any device of the connector has under a name, with the number of devices; none for a name that is not in use.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<TagCountPage> ListValuesAsync(Connector connector, TagName name, TagQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(query);
        return CountAsync(index.ScanAsync(connector.Id, name, query.After, cancellationToken), row => row.Tag.Value.Value, query.Limit);
    }

    // The index is in order, so rows of one name or value stand together. A device that has two values of a name counts once.
    private static async Task<TagCountPage> CountAsync(IAsyncEnumerable<(Tag Tag, IdentityId Identity)> rows, Func<(Tag Tag, IdentityId Identity), string> text, int limit)
    {
        List<TagCount> counts = [];
        string? current = null;
        HashSet<IdentityId> carriers = [];
        await foreach (var row in rows)
        {
            if (current is not null && !string.Equals(text(row), current, StringComparison.Ordinal))
            {
                counts.Add(new(current, carriers.Count));
                carriers.Clear();
                if (counts.Count == limit)
                {
                    return new(counts, MayLoadMore: true);
                }
            }

            current = text(row);
            carriers.Add(row.Identity);
        }

        if (current is not null)
        {
            counts.Add(new(current, carriers.Count));
        }

        return new(counts, MayLoadMore: false);
    }

    private async Task<TagCountPage> SkipAsync(ConnectorId connector, TagQuery query, CancellationToken cancellationToken)
    {
        List<TagCount> names = [];
        var last = query.After;
        while (await index.NextNameAsync(connector, last, cancellationToken) is { } name)
        {
            if (names.Count == query.Limit)
            {
                return new(names, MayLoadMore: true);
            }

            names.Add(new(name.Value, null));
            last = name.Value;
        }

        return new(names, MayLoadMore: false);
    }

    private async Task<Outcome<Done>?> TryChangeAsync(Change work, CancellationToken cancellationToken)
    {
        var (record, present, head) = await devices.FindWithTagsAndEventsAsync(work.Key, cancellationToken);
        if (record is null or { Header.Status: DeviceStatus.Deleting })
        {
            return IdentityFailures.Unknown;
        }

        if (string.Equals(record.Header.OperationId, work.OperationId, StringComparison.Ordinal))
        {
            return Done.Instance; // An earlier try was committed; only its reply was lost.
        }

        if (!TagRules.Apply(present, work.Edit).TryGet(out var difference, out var failure))
        {
            return failure;
        }

        if (difference.Count == 0)
        {
            await indexes.CatchUpAsync(record.Header, cancellationToken);
            return Done.Instance;
        }

        work.Todo = await indexes.BeginTagsAsync(work.Key, work.OperationId, difference, work.Todo, cancellationToken);
        var header = record.Header with { OperationId = work.OperationId, Version = record.Header.Version + 1, TagText = TagKeys.HeaderText(difference.ApplyTo(present)) };
        if (head is not null && difference.Count >= TagRules.MaxTags)
        {
            // There is no room for the head in the transaction: it forgets the tags before, and learns them when an event needs them.
            return await indexes.ForgetTagsAsync(head, cancellationToken) && await indexes.CommitTagsAsync(header, difference, null, cancellationToken) ? (Outcome<Done>)Done.Instance : null;
        }

        var told = head is null ? null : head with { Tags = TagKeys.ListText(difference.ApplyTo(present)) };
        return await indexes.CommitTagsAsync(header, difference, told, cancellationToken) ? (Outcome<Done>)Done.Instance : null;
    }

    private sealed record Change(DeviceKey Key, TagEdit Edit, string OperationId)
    {
        public TodoItem? Todo { get; set; }
    }
}
