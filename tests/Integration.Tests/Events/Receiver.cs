using System.Collections.Concurrent;
using System.Text;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Events;

/// <summary>The owner's code as a test has it: takes what is sent and keeps it, or does what it is told.</summary>
internal sealed class Receiver : IEventSender
{
    private readonly ConcurrentQueue<OutboxEvent> _taken = new();
    private int _attempts;

    /// <summary>Decides what becomes of an attempt; null = it is taken.</summary>
    public Func<OutboxEvent, DeliveryResult?>? Answer { get; set; }

    /// <summary>Runs before an attempt is answered.</summary>
    public Func<OutboxEvent, CancellationToken, Task>? Before { get; set; }

    /// <summary>Attempts so far.</summary>
    public int Attempts => Volatile.Read(ref _attempts);

    /// <summary>What was taken, in order.</summary>
    public IReadOnlyList<OutboxEvent> Taken => [.. _taken];

    /// <summary>The types of what was taken, in order.</summary>
    public IReadOnlyList<EventType> Types => [.. _taken.Select(taken => taken.Type)];

    /// <summary>What was taken as JSON, in order.</summary>
    public IReadOnlyList<string> Texts => [.. _taken.Select(taken => Encoding.UTF8.GetString(taken.Data.Span))];

    public async Task<DeliveryResult> SendAsync(Connector connector, OutboxEvent happened, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _attempts);
        if (Before is { } before)
        {
            await before(happened, cancellationToken);
        }

        if (Answer?.Invoke(happened) is { } answer)
        {
            return answer;
        }

        _taken.Enqueue(happened);
        return DeliveryResult.Delivered.Instance;
    }

    /// <summary>Each device's events came in order, none twice.</summary>
    public void AssertOrdered() => AssertOrdered(Taken, allowsAgain: false);

    /// <summary>Each device's events came in order; one may have come again at once, before any later one.</summary>
    public void AssertOrderedAgain() => AssertOrdered(Taken, allowsAgain: true);

    private static void AssertOrdered(IEnumerable<OutboxEvent> taken, bool allowsAgain)
    {
        Dictionary<DeviceKey, long> last = [];
        foreach (var happened in taken)
        {
            if (last.TryGetValue(happened.Device, out var before))
            {
                Assert.True(happened.Sequence > before || (allowsAgain && happened.Sequence == before), $"{happened.Sequence} after {before}.");
            }

            last[happened.Device] = happened.Sequence;
        }
    }
}
