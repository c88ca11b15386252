using Microsoft.Extensions.Logging;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Realtime;

/// <summary>
/// Sends wakes to other instances. While the channel fails nobody waits for it: wakes are kept, each once, and sent when it is back, because those who
/// wait elsewhere may be connected while this instance cannot send.
/// </summary>
/// <param name="channel">The channel.</param>
/// <param name="connection">This instance's own connection to the hub, which needs no wakes from here; null = none.</param>
/// <param name="metrics">Where wakes are counted.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">For the channel's failures.</param>
internal sealed partial class WakeSender(IChannel channel, Func<string?> connection, MuranoMetrics metrics, TimeProvider time, ILogger logger) : IDisposable
{
    /// <summary>Wakes that are kept; those beyond are left to the looks that polls make of themselves.</summary>
    internal const int MostOwed = 10_000;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly HashSet<Wake> _owed = [];
    private readonly CancellationTokenSource _stopping = new();
    private bool _isDown;
    private int _disposed;

    /// <summary>Sends a wake, or keeps it.</summary>
    public async Task SendAsync(Wake wake, CancellationToken cancellationToken)
    {
        if (!Owe(wake, isNew: false))
        {
            try
            {
                await SendNowAsync(wake, cancellationToken);
            }
            catch (Exception fault) when (fault is ChannelUnavailableException or OperationCanceledException)
            {
                if (Owe(wake, isNew: true))
                {
                    Log.Down(logger, fault);
                    _ = Task.Run(CatchUpAsync, CancellationToken.None);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _stopping.Cancel();
            _stopping.Dispose();
        }
    }

    private async Task SendNowAsync(Wake wake, CancellationToken cancellationToken)
    {
        await channel.SendAsync(ChannelHub.Wake, WakeGroups.Of(wake.Connector, wake.Identity), WakeJson.BytesOf(wake), connection(), cancellationToken);
        metrics.WakeSent();
    }

    // Keeps a wake if the channel is down, or turns out to be. Not new: whether it is kept. New: whether nobody else has begun to catch up.
    private bool Owe(Wake wake, bool isNew)
    {
        lock (_lock)
        {
            var wasDown = _isDown;
            _isDown |= isNew;
            if (_isDown && _owed.Count < MostOwed && _owed.Add(wake))
            {
                metrics.WakesWaitingChanged(1);
            }

            return isNew ? !wasDown : wasDown;
        }
    }

    private async Task CatchUpAsync()
    {
        var stop = _disposed == 0 ? _stopping.Token : new CancellationToken(canceled: true);
        var pause = FirstPause;
        try
        {
            while (true)
            {
                await Task.Delay(pause, time, stop);
                try
                {
                    await SendOwedAsync(stop);
                    Log.Up(logger);
                    return;
                }
                catch (ChannelUnavailableException)
                {
                    pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The process ends.
        }
    }

    // A wake that is announced once more while it is on its way is owed anew: the look that it caused may have come too soon.
    private async Task SendOwedAsync(CancellationToken cancellationToken)
    {
        while (Take() is { } wake)
        {
            try
            {
                await SendNowAsync(wake, cancellationToken);
            }
            catch
            {
                Owe(wake, isNew: true);
                throw;
            }
        }
    }

    // Without a wake that is owed the channel counts as up again.
    private Wake? Take()
    {
        lock (_lock)
        {
            if (_owed.Count == 0)
            {
                _isDown = false;
                return null;
            }

            var wake = _owed.First();
            _owed.Remove(wake);
            metrics.WakesWaitingChanged(-1);
            return wake;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1504, LogLevel.Warning, "Wakes do not reach other instances; they are kept and sent later.")]
        public static partial void Down(ILogger logger, Exception fault);

        [LoggerMessage(1505, LogLevel.Information, "Wakes reach other instances again.")]
        public static partial void Up(ILogger logger);
    }
}
