using System.Buffers;
using System.Runtime.CompilerServices;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Realtime;

/// <summary>What one viewer is shown in one long reply. Who reads too slowly loses the oldest events and is told how many.</summary>
internal sealed class LogStream : IDisposable
{
    // Proxies end replies in which nothing comes; and a viewer who has gone is noticed only by writing.
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(10);

    private const int MaxQueuedBytes = 1024 * 1024;
    private const int MaxPieceBytes = 64 * 1024;

    private static readonly ReadOnlyMemory<byte> NewLine = "\n"u8.ToArray();

    private readonly LogQueue _queue;
    private readonly SemaphoreSlim _news = new(0, 1);
    private readonly CancellationTokenSource _end;
    private readonly MuranoMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly Action<LogStream> _ended;
    private int _isEnded;

    /// <summary>Begins.</summary>
    /// <param name="most">Most events that wait for the viewer.</param>
    /// <param name="longest">When it ends by itself.</param>
    /// <param name="metrics">Where lost events are counted.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ended">Told once when it ends, for whatever reason.</param>
    public LogStream(int most, TimeSpan longest, MuranoMetrics metrics, TimeProvider time, Action<LogStream> ended)
    {
        (_metrics, _time, _ended, _queue) = (metrics, time, ended, new(most, MaxQueuedBytes));
        _end = new(longest, time);
        Ended = _end.Token;
        Ended.Register(Dispose);
    }

    /// <summary>Fires when it has ended.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Shows a line. Never waits.</summary>
    public void Show(ReadOnlyMemory<byte> line)
    {
        _queue.Add(line);
        lock (_news)
        {
            if (_news.CurrentCount == 0)
            {
                _news.Release();
            }
        }
    }

    /// <summary>What there is to write, piece by piece: whole lines; an empty one first, and whenever nothing came for a while.</summary>
    public async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended);
        List<ReadOnlyMemory<byte>> lines = [];
        ArrayBufferWriter<byte> piece = new();
        try
        {
            yield return NewLine;
            while (!over.IsCancellationRequested)
            {
                if (_queue.Take(lines, MaxPieceBytes, overhead: 0) is var dropped and > 0)
                {
                    _metrics.LogDropped(dropped);
                    lines.Insert(0, LogLineJson.Dropped(dropped, _time.GetUnixMicros()));
                }

                if (lines.Count > 0)
                {
                    piece.ResetWrittenCount();
                    lines.ForEach(line => piece.Write(line.Span));
                    yield return piece.WrittenMemory;
                }
                else if (!await IsNewsAsync(over.Token))
                {
                    yield return NewLine;
                }
            }
        }
        finally
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isEnded, 1) == 0)
        {
            _ended(this);
            _end.Cancel();
        }
    }

    private async Task<bool> IsNewsAsync(CancellationToken over)
    {
        using var beat = new CancellationTokenSource(Beat, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(beat.Token, over);
        try
        {
            await _news.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            // Over: the caller sees it, without an empty line for the end.
            return over.IsCancellationRequested;
        }
    }
}
