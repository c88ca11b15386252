
namespace Murano.Shared.Storage;

/// <summary>Makes many devices at once, with one <c>todo</c> row for hundreds and one look at the end instead of several for each.</summary>
public sealed class DeviceCreation(TableDeviceStore devices, DeviceRanges ranges, DeviceIndexes indexes, TableTodoStore todo, TimeProvider time)
{
    private const int AtOnce = 16;

    // A thousand rows each: more are read one by one.
    private const int Pages = 4;

    /// <summary>Makes devices, each for itself.</summary>
    /// <param name="wanted">The devices, each once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>For each, in order, whether it was made; false = it is known already.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; some may be made, and are listed by the sweeper.</exception>
    internal async Task<bool[]> AddAsync(IReadOnlyList<NewDevice> wanted, CancellationToken cancellationToken)
    {
        var work = Note(wanted);
        foreach (var item in work)
        {
            await todo.PutAsync(item, cancellationToken);
        }

        (NewDevice Device, TodoItem Repair)[] all = [.. work.SelectMany(item => item.Repairs).Zip(wanted, (repair, device) => (device with { Header = device.Header with { OperationId = repair.OperationId, TagText = TagKeys.HeaderText(device.Tags) } }, repair))];
        var etags = new string?[all.Length];
        await ForEachAsync(all.Length, async (i, token) =>
        {
            var (device, _) = all[i];
            etags[i] = await devices.AddAsync(device, token);
            if (etags[i] is not null)
            {
                await indexes.ListNewAsync(device.Header, device.Tags, token);
            }
        }, cancellationToken);

        var made = new bool[all.Length];
        var keys = wanted.Select(device => device.Header.Key).OrderBy(key => key.Partition, StringComparer.Ordinal).ToList();
        var (found, end) = await ranges.ListWithTagsAsync(keys[0], keys[^1], Pages, cancellationToken);
        await ForEachAsync(all.Length, async (i, token) =>
        {
            var (key, repair) = (all[i].Device.Header.Key, all[i].Repair);
            if (etags[i] is not { } etag)
            {
                // It was there; or it is ours, and only the reply was lost.
                await indexes.MakeRightAsync(repair, token);
                made[i] = await devices.GetAsync(key, token) is { } record && string.Equals(record.Header.OperationId, repair.OperationId, StringComparison.Ordinal);
                return;
            }

            made[i] = true;
            var isOurs = end is null || string.CompareOrdinal(key.Partition, end) < 0
                ? found.TryGetValue(key, out var one) && string.Equals(one.Record.Header.ETag, etag, StringComparison.Ordinal)
                : await devices.IsUnchangedAsync(key, etag, token);
            if (!isOurs)
            {
                await indexes.MakeRightAsync(repair, token);
            }
        }, cancellationToken);

        foreach (var item in work)
        {
            await todo.RemoveAsync(item, cancellationToken);
        }

        return made;
    }

    private static Task ForEachAsync(int count, Func<int, CancellationToken, Task> action, CancellationToken cancellationToken) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) => await action(i, token));

    // As much work as goes into one row, in the order of the devices.
    private List<TodoItem> Note(IReadOnlyList<NewDevice> wanted)
    {
        List<TodoItem> work = [];
        var (due, first, length) = (time.GetUtcNow() + DeviceIndexes.SweepAfter, 0, 0);
        for (var i = 0; i < wanted.Count; i++)
        {
            var more = TableTodoStore.Text(NamedIn(wanted[i])).Length + 1;
            if (i > first && length + more > TableTodoStore.MaxDevicesText)
            {
                Add(first, i);
                (first, length) = (i, 0);
            }

            length += more;
        }

        Add(first, wanted.Count);
        return work;

        void Add(int from, int to) => work.Add(new TodoItem
        {
            Kind = TodoKind.Batch,
            Due = due,
            OperationId = OperationId.New(),
            Devices = [.. wanted.Skip(from).Take(to - from).Select(NamedIn)],
        });
    }

    private static BatchDevice NamedIn(NewDevice device) => new(device.Header.Key, RecencyKey.Of(device.Header.Key, device.Header.LastSeen.At, device.Header.Created).Mark, device.Tags);
}
