using System.Buffers;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Realtime;

/// <summary>
/// Sends events to one group: at once when nothing was sent a moment ago, else together with those that come meanwhile. It works only while there is something
/// to send. While the channel fails, what is queued stays queued, and the same message is tried again; so one may come twice, when only the answer was lost.
/// Whoever listens sees by the number in each message what came twice, and how many events are missing between two (<see cref="LogCount"/>).
/// </summary>
internal sealed partial class LogSender(string group, IChannel channel, int most, MuranoMetrics metrics, TimeProvider time, ILogger logger)
{
    /// <summary>Most bytes of one message: the service counts large ones in steps, and a browser takes them whole.</summary>
    internal const int MaxMessageBytes = 256 * 1024;

    /// <summary>Shortest time between two messages.</summary>
    internal static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private const int MaxQueuedBytes = 4 * 1024 * 1024;

    // Kept free of each message: the notice of what was lost, the number, the brackets.
    private const int MostBesides = 160;

    private static readonly TimeSpan SendWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(8);

    // Nobody watches for longer than two minutes without asking again, so nobody waits for this any more.
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(10);

    private readonly LogQueue _queue = new(most, MaxQueuedBytes);
    private readonly List<ReadOnlyMemory<byte>> _taken = [];
    private readonly ArrayBufferWriter<byte> _message = new();
    private readonly Lock _lock = new();
    private readonly string _id = RandomNumberGenerator.GetHexString(8, lowercase: true);
    private long _number;
    private long _next = 1;
    private long _added;
    private bool _isRunning;
    private bool _isFailing;
    private Task _running = Task.CompletedTask;

    /// <summary>Puts an event into the queue. Never waits.</summary>
    /// <param name="json">The event.</param>
    /// <param name="stopping">Ends pauses: what is queued is sent now or never.</param>
    /// <param name="end">Ends sending.</param>
    public void Add(ReadOnlyMemory<byte> json, CancellationToken stopping, CancellationToken end)
    {
        _queue.Add(json);
        lock (_lock)
        {
            _added = time.GetTimestamp();
            if (_isRunning)
            {
                return;
            }

            _isRunning = true;

            // Without the request's scopes and trace, which end before this does.
            using var flow = ExecutionContext.SuppressFlow();
            _running = Task.Run(() => RunAsync(stopping, end), CancellationToken.None);
        }
    }

    /// <summary>Ends when nothing is left to send.</summary>
    public Task WhenIdleAsync()
    {
        lock (_lock)
        {
            return _running;
        }
    }

    private async Task RunAsync(CancellationToken stopping, CancellationToken end)
    {
        var isTaken = false;
        var failures = 0;
        while (isTaken || TryTake())
        {
            if (await TrySendAsync(end))
            {
                (isTaken, failures) = (false, 0);
                await PauseAsync(Pace, stopping);
            }
            else if (stopping.IsCancellationRequested || time.GetElapsedTime(_added) > GiveUpAfter)
            {
                GiveUp();
                return;
            }
            else
            {
                isTaken = true;
                await PauseAsync(FirstPause * Math.Pow(2, Math.Min(failures++, 10)) is var pause && pause < LongestPause ? pause : LongestPause, stopping);
            }
        }
    }

    // False: there is nothing, and whoever adds something begins anew.
    private bool TryTake()
    {
        lock (_lock)
        {
            var dropped = _queue.Take(_taken, MaxMessageBytes - MostBesides, overhead: 1);
            (_number, _next) = (_next, _next + dropped + _taken.Count);
            if (dropped > 0)
            {
                metrics.LogDropped(dropped);
                _taken.Insert(0, LogEventJson.Dropped(dropped, time.GetUnixMicros()));
            }

            if (_taken.Count == 0)
            {
                _isRunning = false;
                return false;
            }
        }

        Compose();
        return true;
    }

    // One event is sent as it is, several as an array; the first has sender and number.
    private void Compose()
    {
        _message.ResetWrittenCount();
        for (var i = 0; i < _taken.Count; i++)
        {
            if (_taken.Count > 1)
            {
                _message.Write(i == 0 ? "["u8 : ","u8);
            }

            _message.Write(i == 0 ? LogEventJson.Numbered(_taken[i].Span, _id, _number) : _taken[i].Span);
        }

        if (_taken.Count > 1)
        {
            _message.Write("]"u8);
        }
    }

    private async Task<bool> TrySendAsync(CancellationToken end)
    {
        using var limit = new CancellationTokenSource(SendWithin, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, end);
        try
        {
            await channel.SendAsync(ChannelHub.Log, group, _message.WrittenMemory, except: null, either.Token).WaitAsync(either.Token);
        }
        catch (Exception fault)
        {
            if (!_isFailing)
            {
                _isFailing = true;
                Log.Failing(logger, fault, group);
            }

            return false;
        }

        _isFailing = false;
        return true;
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(pause, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // No time for pauses any more.
        }
    }

    private void GiveUp()
    {
        lock (_lock)
        {
            var lost = (long)_taken.Count;
            do
            {
                var more = _queue.Take(_taken, int.MaxValue, overhead: 0) + _taken.Count;
                (lost, _next) = (lost + more, _next + more);
            }
            while (_taken.Count > 0);

            _isRunning = false;
            metrics.LogDropped(lost);
            Log.GaveUp(logger, group, lost);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1550, LogLevel.Warning, "The live log cannot be sent to {Group}; it is tried again, and the oldest events are lost when they are too many.")]
        public static partial void Failing(ILogger logger, Exception fault, string group);

        [LoggerMessage(1551, LogLevel.Warning, "The live log could not be sent to {Group}; {Lost} events are lost.")]
        public static partial void GaveUp(ILogger logger, string group, long lost);
    }
}
