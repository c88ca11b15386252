using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Tags;

/// <summary>Finds devices by their tags in the index. What it finds are candidates: the index is derived, so the device itself is asked before it is shown.</summary>
public sealed class TagSearch(TableTagStore index)
{
    private const int RowsAtOnce = 1000;

    /// <summary>The devices that the conditions lead to, by those of them that lead to few: one request for each thousand rows of each condition.</summary>
    /// <param name="connector">Whose devices.</param>
    /// <param name="filter">At least one condition.</param>
    /// <param name="most">How many are few.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The devices with one of their tags that fit; null when each condition leads to more.</returns>
    internal async Task<IReadOnlyDictionary<DeviceKey, DeviceHit>?> FindAsync(ConnectorId connector, TagFilter filter, int most, CancellationToken cancellationToken)
    {
        Dictionary<DeviceKey, DeviceHit>? all = null;
        foreach (var condition in filter.Conditions)
        {
            if (await FindAsync(connector, condition, most, cancellationToken) is { } found)
            {
                all = all is null ? found : all.Where(hit => found.ContainsKey(hit.Key)).ToDictionary();
            }
        }

        return all;
    }

    /// <summary>The devices that a condition of one value leads to, in order of identity, from one on.</summary>
    /// <param name="connector">Whose devices.</param>
    /// <param name="condition">Asks for one value.</param>
    /// <param name="after">Partition of the device before the first one wanted; null = from the first.</param>
    /// <param name="page">Rows fetched at once.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal IAsyncEnumerable<DeviceHit> ListAsync(ConnectorId connector, TagCondition condition, string? after, int page, CancellationToken cancellationToken) =>
        index.FindAsync(connector, condition, after?[DeviceKey.RangeStart(connector).Length..], page, cancellationToken);

    private async Task<Dictionary<DeviceKey, DeviceHit>?> FindAsync(ConnectorId connector, TagCondition condition, int most, CancellationToken cancellationToken)
    {
        Dictionary<DeviceKey, DeviceHit> found = [];
        await foreach (var hit in index.FindAsync(connector, condition, null, RowsAtOnce, cancellationToken))
        {
            if (found.TryAdd(hit.Device, hit) && found.Count > most)
            {
                return null;
            }
        }

        return found;
    }
}
