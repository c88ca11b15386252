namespace Murano.Shared.Realtime;

/// <summary>Events that wait to be shown: bounded by number and bytes. When there are more, the oldest are lost, and counted.</summary>
/// <param name="most">Most events.</param>
/// <param name="mostBytes">Most bytes; an event that is larger by itself is taken, alone.</param>
internal sealed class LogQueue(int most, int mostBytes)
{
    private readonly Queue<ReadOnlyMemory<byte>> _events = new();
    private readonly Lock _lock = new();
    private long _bytes;
    private long _dropped;

    /// <summary>Puts an event at the end.</summary>
    public void Add(ReadOnlyMemory<byte> json)
    {
        lock (_lock)
        {
            while (_events.Count > 0 && (_events.Count >= most || _bytes + json.Length > mostBytes))
            {
                _bytes -= _events.Dequeue().Length;
                _dropped++;
            }

            _events.Enqueue(json);
            _bytes += json.Length;
        }
    }

    /// <summary>Takes the oldest events.</summary>
    /// <param name="into">Takes them up; it is emptied first.</param>
    /// <param name="bytes">Most bytes, unless the first is larger by itself.</param>
    /// <param name="overhead">Bytes to count for each besides its own.</param>
    /// <returns>How many older ones were lost since the last time.</returns>
    public long Take(List<ReadOnlyMemory<byte>> into, int bytes, int overhead)
    {
        into.Clear();
        lock (_lock)
        {
            for (var left = bytes; _events.TryPeek(out var next) && (into.Count == 0 || next.Length + overhead <= left); left -= next.Length + overhead)
            {
                into.Add(_events.Dequeue());
                _bytes -= next.Length;
            }

            var dropped = _dropped;
            _dropped = 0;
            return dropped;
        }
    }
}
