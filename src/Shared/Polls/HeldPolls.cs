using Microsoft.Extensions.Options;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Polls;

/// <summary>The polls that this instance holds, and who has to make room.</summary>
public sealed class HeldPolls(IOptions<LongPollOptions> options, MuranoMetrics metrics)
{
    /// <summary>Most polls of one device.</summary>
    public const int MaxPerDevice = 8;

    private readonly Lock _lock = new();
    private readonly LinkedList<Poll> _byAge = [];
    private readonly Dictionary<DeviceKey, List<LinkedListNode<Poll>>> _byDevice = [];
    private readonly int _most = options.Value.MaxPolls;
    private bool _closed;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _byAge.Count;
            }
        }
    }

    /// <summary>How many of them sleep; the others look.</summary>
    public int Asleep
    {
        get
        {
            lock (_lock)
            {
                return _byAge.Count(poll => poll.IsAsleep);
            }
        }
    }

    /// <summary>Ends all polls, and from now on each as soon as it has looked once: the host stops.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var poll in _byAge)
            {
                poll.Signal(PollSignals.End);
            }
        }
    }

    /// <summary>Takes a poll in. It ends an older one of the device for the same aliases, and the oldest where there are too many.</summary>
    internal void Enter(Poll poll)
    {
        lock (_lock)
        {
            if (_byDevice.TryGetValue(poll.Device, out var own))
            {
                var equal = own.FindIndex(other => other.Value.Aliases.AsSpan().SequenceEqual(poll.Aliases));
                if (equal >= 0 || own.Count == MaxPerDevice)
                {
                    End(own, Math.Max(equal, 0));
                }
            }

            // Ending the last one took the list away.
            if (!_byDevice.TryGetValue(poll.Device, out own))
            {
                _byDevice.Add(poll.Device, own = []);
            }

            own.Add(_byAge.AddLast(poll));
            metrics.PollsChanged(1);
            if (_byAge.Count > _most)
            {
                var oldest = _byAge.First!;
                var others = _byDevice[oldest.Value.Device];
                End(others, others.IndexOf(oldest));
            }

            if (_closed)
            {
                poll.Signal(PollSignals.End);
            }
        }
    }

    /// <summary>The poll has ended.</summary>
    internal void Leave(Poll poll)
    {
        lock (_lock)
        {
            if (_byDevice.TryGetValue(poll.Device, out var own) && own.FindIndex(node => ReferenceEquals(node.Value, poll)) is >= 0 and var index)
            {
                Remove(own, index);
            }
        }
    }

    private void End(List<LinkedListNode<Poll>> own, int index)
    {
        var poll = own[index].Value;
        Remove(own, index);
        poll.Signal(PollSignals.End);
    }

    private void Remove(List<LinkedListNode<Poll>> own, int index)
    {
        var node = own[index];
        _byAge.Remove(node);
        metrics.PollsChanged(-1);
        own.RemoveAt(index);
        if (own.Count == 0)
        {
            _byDevice.Remove(node.Value.Device);
        }
    }
}
