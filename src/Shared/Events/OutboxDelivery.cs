using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>
/// Who delivers a device's events: the instance whose commit took the claim, at once and for a minute and a half after a failure; from then on the next commit, or the
/// sweeper. One delivers at a time.
/// </summary>
public sealed partial class OutboxDelivery : IDisposable
{
    // Devices of which this instance waits to try again; more are left to the sweeper.
    private const int MostWaiting = 1000;

    private static readonly TimeSpan[] Rests = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(60)];
    private static readonly TimeSpan LongestWish = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<Task, bool> _running = new();
    private readonly ConcurrentDictionary<string, Task> _passes = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abort = new();
    private readonly OutboxDrain _drain;
    private readonly TableOutboxStore _store;
    private readonly EventHeads _heads;
    private readonly DeliveryNotes _notes;
    private readonly TableTodoStore _todo;
    private readonly EventOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxDelivery> _logger;
    private int _waiting;

    internal OutboxDelivery(
        OutboxDrain drain, TableOutboxStore store, EventHeads heads, DeliveryNotes notes, TableTodoStore todo, IOptions<EventOptions> options, TimeProvider time, ILogger<OutboxDelivery> logger)
    {
        (_drain, _store, _heads, _notes) = (drain, store, heads, notes);
        (_todo, _options, _time, _logger) = (todo, options.Value, time, logger);
    }

    /// <summary>How long a claim holds.</summary>
    internal TimeSpan ClaimTime => _drain.ClaimTime;

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _abort.Cancel();
        _stop.Dispose();
        _abort.Dispose();
    }

    /// <summary>Lets deliveries that are on their way end, and tries nothing again.</summary>
    /// <param name="cancellationToken">Ends the wait, and what is on its way then.</param>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _abort.CancelAsync();
    }

    /// <summary>Begins to deliver under a claim that was taken with a commit. Never throws.</summary>
    /// <param name="head">The head, with the claim.</param>
    /// <param name="known">All events that are left; empty = they are to be read.</param>
    /// <returns>The first pass.</returns>
    internal Task Begin(EventsHead head, IReadOnlyList<OutboxEvent> known)
    {
        var first = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _passes[head.Key.Partition] = first.Task;
        _ = first.Task.ContinueWith(done => _passes.TryRemove(new(head.Key.Partition, done)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        Task all;
        using (ExecutionContext.SuppressFlow())
        {
            // Without the request's scopes and trace, which end before this does.
            all = Task.Run(() => RunAsync(head, known, first));
        }

        _running.TryAdd(all, true);
        _ = all.ContinueWith(static (done, running) => ((ConcurrentDictionary<Task, bool>)running!).TryRemove(done, out _), _running, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return first.Task;
    }

    /// <summary>The pass that this instance is at for a device; it goes on until nothing is left. Completed when there is none.</summary>
    internal Task PassOf(DeviceKey device) => _passes.TryGetValue(device.Partition, out var pass) ? pass : Task.CompletedTask;

    /// <summary>The sweeper looks whether there is anything to be delivered under a row, and removes it if there is not.</summary>
    /// <returns>Whether that was so.</returns>
    internal async Task<bool> SettleAsync(TodoItem item, CancellationToken cancellationToken) => await FindAsync(item, cancellationToken) is null;

    /// <summary>The sweeper delivers what is left of a device.</summary>
    /// <param name="item">The row.</param>
    /// <param name="until">When no other event is begun with; what is left then is due at once.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>Whether nothing is left; false = there is a later row for it.</returns>
    internal async Task<bool> ResumeAsync(TodoItem item, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (await FindAsync(item, cancellationToken) is not { } head)
        {
            return true;
        }

        var now = _time.GetUnixMicros();
        _heads.Set(head);
        if (!head.IsOpen(now) || await _drain.ClaimAsync(head, OperationId.New(), cancellationToken) is not { } claimed)
        {
            await _todo.PutAsync(item with { Due = _time.GetUtcNow() + _options.SweepAfter }, cancellationToken);
            await _todo.RemoveAsync(item, cancellationToken);
            return false;
        }

        var end = await PassAsync(claimed, [], until, cancellationToken);
        if (end is DrainEnd.Paused)
        {
            // Behind the others of its shard, for the next run.
            await _todo.PutAsync(item with { Due = _time.GetUtcNow() + TodoItem.AtOnce, Attempts = 0 }, cancellationToken);
            await _todo.RemoveAsync(item, cancellationToken);
            return false;
        }

        if (end is not DrainEnd.Failed failed)
        {
            // Somebody else who has the claim by now is not sure to have work noted.
            if (await _store.FindAsync(item.Device, cancellationToken) is { HasMore: true })
            {
                await _todo.PutAsync(item with { Due = _time.GetUtcNow() + _options.SweepAfter }, cancellationToken);
                await _todo.RemoveAsync(item, cancellationToken);
                return false;
            }

            await _todo.RemoveAsync(item, cancellationToken);
            return true;
        }

        // In whole seconds, as the row has it: it is recognised by that.
        var due = DateTimeOffset.FromUnixTimeSeconds((_time.GetUtcNow() + EventRules.Rest(_options.SweepAfter, item.Attempts)).ToUnixTimeSeconds());
        var later = item with { Due = due, Attempts = item.Attempts + 1 };
        await _todo.PutAsync(later, cancellationToken);
        await _drain.ChangeAsync(claimed, head => Hold(head, failed.After) with { GuardedUntil = later.Due.ToUnixMicros() }, cancellationToken);
        await _todo.RemoveAsync(item, cancellationToken);
        return false;
    }

    // Null: nothing is to be done, and the row is gone.
    private async Task<EventsHead?> FindAsync(TodoItem item, CancellationToken cancellationToken)
    {
        var head = await _store.FindAsync(item.Device, cancellationToken);
        if (head is { HasMore: false })
        {
            await _drain.RemoveUnusedAsync(head, cancellationToken);
        }
        else if (head is not null && (head.GuardedUntil <= _time.GetUnixMicros() || head.GuardedUntil <= item.Due.ToUnixMicros()))
        {
            return head;
        }

        // All is delivered, or a later row answers for what is left.
        await _todo.RemoveAsync(item, cancellationToken);
        return null;
    }

    private async Task RunAsync(EventsHead head, IReadOnlyList<OutboxEvent> known, TaskCompletionSource first)
    {
        try
        {
            var end = await PassAsync(head, known, DateTimeOffset.MaxValue, _abort.Token);
            first.TrySetResult();
            if (end is DrainEnd.Failed failed)
            {
                await RetryAsync(head, failed);
            }
        }
        catch (Exception fault)
        {
            // The claim runs out, and the sweeper has its row.
            Log.Broken(_logger, fault, head.Key.Partition);
        }
        finally
        {
            first.TrySetResult();
        }
    }

    // While it waits nobody else tries: the claim stands until after the next attempt.
    private async Task RetryAsync(EventsHead head, DrainEnd.Failed failed)
    {
        var claimed = head;
        try
        {
            if (Interlocked.Increment(ref _waiting) <= MostWaiting)
            {
                foreach (var usual in Rests)
                {
                    var rest = failed.After > usual ? failed.After.Value : usual;
                    if (rest > Rests[^1] || _notes.DueOf(head.Key) is not { } due || _time.GetUtcNow() + rest + _options.Timeout > due || _stop.IsCancellationRequested)
                    {
                        break;
                    }

                    var until = _time.GetUnixMicros() + EventRules.Micros(rest + ClaimTime);
                    if (await _drain.ChangeAsync(claimed, present => present with { ClaimedUntil = until }, CancellationToken.None) is not { } held || !IsOf(held, head.ClaimedBy))
                    {
                        return;
                    }

                    claimed = held;
                    await Task.Delay(rest, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    if (_stop.IsCancellationRequested)
                    {
                        break;
                    }

                    if (await PassAsync(claimed, [], DateTimeOffset.MaxValue, _abort.Token) is not DrainEnd.Failed again)
                    {
                        return;
                    }

                    failed = again;
                }
            }

            await _drain.ChangeAsync(claimed, present => Hold(present, failed.After), CancellationToken.None);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    // Storage that is not to be had is as good a reason to try again as a receiver that is not.
    private async Task<DrainEnd> PassAsync(EventsHead head, IReadOnlyList<OutboxEvent> known, DateTimeOffset until, CancellationToken cancellationToken)
    {
        try
        {
            return await _drain.RunAsync(head, known, until, cancellationToken);
        }
        catch (StorageUnavailableException fault)
        {
            Log.Broken(_logger, fault, head.Key.Partition);
            return new DrainEnd.Failed(null);
        }
    }

    // Open for the next commit; but before the time that the receiver named nobody is to try.
    private EventsHead Hold(EventsHead head, TimeSpan? after) => after is { } wish && wish > Rests[^1]
        ? head with { ClaimedBy = "", ClaimedUntil = _time.GetUnixMicros() + EventRules.Micros(wish < LongestWish ? wish : LongestWish) }
        : OutboxDrain.Open(head);

    private static bool IsOf(EventsHead head, string owner) => string.Equals(head.ClaimedBy, owner, StringComparison.Ordinal);

    private static partial class Log
    {
        [LoggerMessage(1801, LogLevel.Warning, "The delivery of events of {Device} broke off; it goes on later.")]
        public static partial void Broken(ILogger logger, Exception fault, string device);
    }
}
