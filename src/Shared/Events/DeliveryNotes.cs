using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>
/// Notes, before an event is committed, that the sweeper is to deliver it should nobody else do. One row of a device serves what this instance commits until shortly
/// before it falls due, so that a busy device costs one row for every few minutes.
/// </summary>
public sealed class DeliveryNotes(TableTodoStore todo, IOptions<EventOptions> options, TimeProvider time) : IDisposable
{
    private const int Capacity = 200_000;

    // A sixth of the time is left for the commit itself, of six minutes one: no request lasts as long.
    private const int Margin = 6;
    private static readonly TimeSpan Keep = TimeSpan.FromHours(1);

    private readonly BoundedCache<string, TodoItem> _notes = new(Capacity, Keep);
    private readonly TimeSpan _sweepAfter = options.Value.SweepAfter;

    /// <inheritdoc/>
    public void Dispose() => _notes.Dispose();

    /// <summary>Makes sure that there is a row which falls due long enough from now.</summary>
    internal Task RelyAsync(DeviceKey device, CancellationToken cancellationToken) =>
        DueOf(device) is { } due && time.GetUtcNow() < due - (_sweepAfter / Margin) ? Task.CompletedTask : PutAsync(device, cancellationToken);

    /// <summary>The commit is through: if it took so long that the row may have been looked at before, there is to be another.</summary>
    internal Task ConfirmAsync(DeviceKey device, CancellationToken cancellationToken) =>
        DueOf(device) is { } due && time.GetUtcNow() < due - (_sweepAfter / (2 * Margin)) ? Task.CompletedTask : PutAsync(device, cancellationToken);

    /// <summary>When the newest row that this instance wrote falls due; null = it knows of none.</summary>
    internal DateTimeOffset? DueOf(DeviceKey device) => _notes.TryGet(device.Partition, out var note) ? note.Due : null;

    private async Task PutAsync(DeviceKey device, CancellationToken cancellationToken)
    {
        var note = new TodoItem { Kind = TodoKind.Deliver, Due = time.GetUtcNow() + _sweepAfter, OperationId = OperationId.New(), Device = device };
        await todo.PutAsync(note, cancellationToken);
        _notes.Set(device.Partition, note);
    }
}
