using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Shared.State;

/// <summary>Writes and reads the values of devices, from the device's side and from the cloud's.</summary>
public sealed class StateService(TableDeviceStore devices, DeviceAccess access, DeviceRecency recency, StateHeadCache heads, Announcer announcer, DeviceEvents events, IOptions<DeviceOptions> options, TimeProvider time)
{
    /// <summary>A device writes values; all get one time. Undefined aliases are accepted and not stored (specification a.7).</summary>
    /// <param name="device">Who writes.</param>
    /// <param name="values">Distinct aliases within <see cref="StateLimits"/>, which the caller has checked.</param>
    /// <param name="cancellationToken">The request's own deadline, not the client's disconnect.</param>
    /// <returns>Done; Unauthorized when the credential no longer holds; Busy when too many write at once.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<Outcome<Done>> WriteAsync(DeviceSession device, IReadOnlyList<AliasValue> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(values);
        var defined = Defined(device.Connector, values);
        return events.Begin(device.Connector, device.Key, EventType.DataIn) is { } work
            ? WriteAsync(device, defined, values, work, cancellationToken)
            : FencedWrites.SettleAsync(access, device, session => TryWriteAsync(session, defined, [], null, cancellationToken), cancellationToken);
    }

    /// <summary>A device reads values: of a settable resource what is set, else what was reported.</summary>
    /// <returns>The values that exist, in the order of <paramref name="aliases"/>; Unauthorized when the credential no longer holds.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<IReadOnlyList<AliasValue>>> ReadAsync(DeviceSession device, IReadOnlyList<string> aliases, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(aliases);
        List<Alias> wanted = new(aliases.Count);
        foreach (var text in aliases)
        {
            if (Alias.TryParse(text, out var alias) && device.Connector.Resources.ContainsKey(alias))
            {
                wanted.Add(alias);
            }
        }

        if (!(await ReadRowsAsync(device, wanted, cancellationToken)).TryGet(out var rows, out var failure))
        {
            return failure;
        }

        List<AliasValue> values = new(wanted.Count);
        foreach (var alias in wanted)
        {
            if (StateRules.Present(device.Connector.Resources[alias], rows.GetValueOrDefault(alias)) is { } value)
            {
                values.Add(new AliasValue(alias.Value, value.Text));
            }
        }

        return values.AsReadOnly();
    }

    /// <summary>All values of a device as operators see them, in order of alias; only aliases that are defined and have a value.</summary>
    /// <returns>The values; NotFound when there is no such device.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<IReadOnlyList<StateEntry>>> GetAsync(Connector connector, IdentityId identity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        var (record, found) = await devices.FindWithAllStateAsync(new DeviceKey(connector.Id, identity), cancellationToken);
        if (record is null or { Header.Status: DeviceStatus.Deleting })
        {
            return IdentityFailures.Unknown;
        }

        return Show(connector.Resources.Values, found).AsReadOnly();
    }

    /// <summary>Some values of a device as operators see them, in order of alias; only aliases that are defined and have a value.</summary>
    internal async Task<IReadOnlyList<StateEntry>> ReadAsync(Connector connector, DeviceKey device, IReadOnlyList<Alias> aliases, CancellationToken cancellationToken)
    {
        var defined = connector.Resources.Values.Where(definition => aliases.Contains(definition.Alias)).ToList();
        return Show(defined, await devices.ReadStateAsync(device, [.. defined.Select(definition => definition.Alias)], cancellationToken)).AsReadOnly();
    }

    /// <summary>The cloud sets values; all or none.</summary>
    /// <returns>Done; NotFound when there is no such device; Rejected for the first value that its resource does not allow; TooLarge; Busy when too many write at once.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<Outcome<Done>> SetAsync(Connector connector, IdentityId identity, IReadOnlyList<CloudValue> values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connector);
        ArgumentNullException.ThrowIfNull(values);
        Dictionary<Alias, (ResourceDefinition Definition, StateValue Value)> wanted = [];
        long bytes = 0;
        foreach (var value in values)
        {
            if (!Alias.TryParse(value.Alias, out var alias) || !connector.Resources.TryGetValue(alias, out var definition))
            {
                return Task.FromResult<Outcome<Done>>(new Failure.Rejected("unknown-resource", value.Alias, "There is no such resource."));
            }

            if (ResourceRules.Check(definition, value.Value) is { } failure)
            {
                return Task.FromResult<Outcome<Done>>(failure);
            }

            wanted[alias] = (definition, value.Value);
            bytes += value.Value.Text.Length;
        }

        if (wanted.Count > StateLimits.MaxAliases || bytes > StateLimits.MaxRequestValueBytes)
        {
            return Task.FromResult<Outcome<Done>>(new Failure.TooLarge("too-many-values", "Too many values, or too large ones, in one request."));
        }

        var key = new DeviceKey(connector.Id, identity);
        if (wanted.Count == 0)
        {
            return ExistsAsync(key, cancellationToken);
        }

        var operationId = OperationId.New();
        return SettleSetAsync(connector, key, wanted, operationId, cancellationToken);
    }

    private async Task<Outcome<Done>> WriteAsync(
        DeviceSession device, List<(ResourceDefinition Definition, ReadOnlyMemory<byte> Value)> defined, IReadOnlyList<AliasValue> values, EventWork work, CancellationToken cancellationToken)
    {
        var outcome = await FencedWrites.SettleAsync(access, device, session => TryWriteAsync(session, defined, values, work, cancellationToken), cancellationToken);
        await events.EndAsync(work, isDone: false);
        return outcome;
    }

    private async Task<Outcome<Done>> ExistsAsync(DeviceKey key, CancellationToken cancellationToken) =>
        await devices.FindAsync(key, cancellationToken) is null or { Header.Status: DeviceStatus.Deleting } ? IdentityFailures.Unknown : Done.Instance;

    private static List<(ResourceDefinition Definition, ReadOnlyMemory<byte> Value)> Defined(Connector connector, IReadOnlyList<AliasValue> values)
    {
        List<(ResourceDefinition, ReadOnlyMemory<byte>)> defined = new(values.Count);
        foreach (var value in values)
        {
            if (Alias.TryParse(value.Alias, out var alias) && connector.Resources.TryGetValue(alias, out var definition))
            {
                defined.Add((definition, value.Value));
            }
        }

        return defined;
    }

    private async Task<CommitResult> TryWriteAsync(
        DeviceSession device, List<(ResourceDefinition Definition, ReadOnlyMemory<byte> Value)> values, IReadOnlyList<AliasValue> all, EventWork? work, CancellationToken cancellationToken)
    {
        await LearnHeadsAsync(device.Key, values, cancellationToken);
        var seen = access.Seen(device);
        List<StateWrite> writes = new(values.Count);
        List<StateHead?> used = new(values.Count);
        foreach (var (definition, value) in values)
        {
            heads.TryGet(device.Key, definition.Alias, out var head);
            used.Add(head);
            writes.Add(StateRules.DeviceWrites(definition, head, value, seen.At, options.Value.CommandGuard));
        }

        var (result, etags) = work is null
            ? await recency.WriteAsync(device.Key, device.Credential, seen, writes, null, cancellationToken)
            : await events.CommitAsync(
                work,
                new EventChange { Happened = [EventRules.Written(device.Key, device.Origin, all, seen.At)], IsHeard = true },
                outbox => recency.WriteAsync(device.Key, device.Credential, seen, writes, outbox, cancellationToken),
                cancellationToken);
        for (var i = 0; i < writes.Count; i++)
        {
            var (row, mode) = (writes[i].Row, writes[i].Mode);
            if (mode == StateWriteMode.Blind)
            {
                continue;
            }

            // What an earlier try stored is known without its ETags.
            if (result != CommitResult.Committed || etags.Count == 0)
            {
                heads.Drop(device.Key, row.Alias);
            }
            else if (mode == StateWriteMode.ReportOnly)
            {
                // The head that decided, not the one that is kept by now: another request may have put an older one there.
                heads.Set(device.Key, row.Alias, used[i]! with { ETag = etags[i] });
            }
            else
            {
                heads.Set(device.Key, row.Alias, new StateHead(etags[i], null, 0, [], row.Stamp));
            }
        }

        return result;
    }

    // Rows that may hold a pending value are written under their ETag; those that this instance does not know are read first, in one query.
    private async Task LearnHeadsAsync(DeviceKey key, List<(ResourceDefinition Definition, ReadOnlyMemory<byte> Value)> values, CancellationToken cancellationToken)
    {
        List<Alias>? unknown = null;
        foreach (var (definition, _) in values)
        {
            if (definition.HoldsPending && !heads.TryGet(key, definition.Alias, out _))
            {
                (unknown ??= []).Add(definition.Alias);
            }
        }

        if (unknown is null)
        {
            return;
        }

        var rows = Settle(await devices.ReadStateAsync(key, unknown, cancellationToken));
        foreach (var alias in unknown)
        {
            heads.Set(key, alias, rows.GetValueOrDefault(alias)?.ToHead());
        }
    }

    private async Task<Outcome<IReadOnlyDictionary<Alias, StateRow>>> ReadRowsAsync(DeviceSession device, List<Alias> aliases, CancellationToken cancellationToken)
    {
        IReadOnlyList<StateRow> rows = [];
        if (device.Confirmed)
        {
            rows = aliases.Count == 0 ? [] : await devices.ReadStateAsync(device.Key, aliases, cancellationToken);
        }
        else
        {
            (var fence, rows) = await devices.ReadStateBehindFenceAsync(device.Key, device.Credential, aliases, cancellationToken);
            if (!fence)
            {
                // A fresh credential id comes from the header just read: that look stands in for the fence.
                if (!(await access.RenewAsync(device, cancellationToken)).TryGet(out var fresh, out var failure))
                {
                    return failure;
                }

                device = fresh;
                rows = aliases.Count == 0 ? [] : await devices.ReadStateAsync(device.Key, aliases, cancellationToken);
            }

            access.Confirm(device, touched: false);
        }

        if (!await access.TouchAsync(device, cancellationToken) && !(await access.RenewAsync(device, cancellationToken)).TryGet(out _, out var refused))
        {
            return refused;
        }

        return Settle(rows);
    }

    private async Task<Outcome<Done>> SettleSetAsync(Connector connector, DeviceKey key, Dictionary<Alias, (ResourceDefinition Definition, StateValue Value)> values, string operationId, CancellationToken cancellationToken)
    {
        var work = events.Begin(connector, key, EventType.DataOut);
        var outcome = await Contention.SettleAsync(() => TrySetAsync(key, values, operationId, work, cancellationToken), cancellationToken);
        var isDone = outcome.TryGet(out _, out _);

        // Without sync nothing is pushed.
        if (isDone && values.Values.Any(value => value.Definition.HoldsPending))
        {
            await announcer.WakeAsync(new Wake(key.Connector, key.Identity, WakeKind.Set));
        }

        await events.EndAsync(work, isDone);
        return outcome;
    }

    private List<StateEntry> Show(IEnumerable<ResourceDefinition> definitions, IReadOnlyList<StateRow> found)
    {
        var rows = Settle(found);
        List<StateEntry> entries = [];
        foreach (var definition in definitions.OrderBy(definition => definition.Alias.Value, StringComparer.Ordinal))
        {
            var row = rows.GetValueOrDefault(definition.Alias);
            var present = StateRules.Present(definition, row);
            if (present is not null)
            {
                entries.Add(new StateEntry(definition.Alias, row?.Reported, definition.Settable ? present : null, Math.Max(row?.ReportedAt ?? 0, row?.PendingAt ?? 0))
                {
                    ReportedAt = row?.ReportedAt ?? 0,
                    SetAt = StateRules.WaitsSince(definition, row),
                });
            }
        }

        return entries;
    }

    private Dictionary<Alias, StateRow> Settle(IReadOnlyList<StateRow> rows) => rows.ToDictionary(row => row.Alias, row => StateRules.Settle(row, options.Value.CommandGuard));

    private async Task<Outcome<Done>?> TrySetAsync(DeviceKey key, Dictionary<Alias, (ResourceDefinition Definition, StateValue Value)> values, string operationId, EventWork? work, CancellationToken cancellationToken)
    {
        var (record, found) = await devices.FindWithStateAsync(key, [.. values.Keys], cancellationToken);
        if (record is null or { Header.Status: DeviceStatus.Deleting })
        {
            return IdentityFailures.Unknown;
        }

        if (string.Equals(record.Header.OperationId, operationId, StringComparison.Ordinal))
        {
            return Done.Instance; // An earlier try was committed; only its reply was lost.
        }

        var now = time.GetUnixMicros();
        var stamp = StateRules.NextStamp(now, record.Header.PollStamp);
        var rows = Settle(found);
        List<StateWrite> writes = [.. values.Values.Select(value => StateRules.CloudSets(value.Definition, rows.GetValueOrDefault(value.Definition.Alias), value.Value, now, stamp))];
        var header = record.Header with { PollStamp = stamp, OperationId = operationId, Version = record.Header.Version + 1 };
        var (result, etags) = work is null
            ? await devices.ChangeAsync(header, record, writes, null, cancellationToken)
            : await events.CommitAsync(
                work,
                new EventChange { Happened = [EventRules.Set(key, values.Select(value => (value.Key, value.Value.Value)), now)], HasHeader = true, Tags = header.TagText },
                outbox => devices.ChangeAsync(header, record, writes, outbox, cancellationToken),
                cancellationToken);
        for (var i = 0; i < writes.Count; i++)
        {
            if (result == CommitResult.Committed && etags.Count > 0 && writes[i].Mode != StateWriteMode.Overwrite)
            {
                heads.Set(key, writes[i].Row.Alias, (writes[i].Row with { ETag = etags[i] }).ToHead());
            }
            else
            {
                heads.Drop(key, writes[i].Row.Alias);
            }
        }

        return result == CommitResult.Committed ? (Outcome<Done>)Done.Instance : null;
    }
}
