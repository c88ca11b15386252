using Microsoft.Extensions.Logging;

namespace Murano.Shared.Realtime;

/// <summary>
/// Hears groups of a hub over one connection, which is opened for the first group and closed after the last. A connection that breaks is opened anew, and the
/// groups are joined again; what was sent meanwhile is missed, and the listener told so.
/// </summary>
internal sealed partial class HubSubscriptions : IDisposable
{
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Membership> _groups = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationToken _stop;
    private readonly IChannel _channel;
    private readonly ChannelHub _hub;
    private readonly IHubListener _listener;
    private readonly TimeSpan _keep;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private HubSocket? _socket;
    private bool _isRunning;
    private bool _isDown;
    private bool _isBroken;
    private long _joins;
    private int _disposed;

    /// <summary>Begins with no group and no connection.</summary>
    /// <param name="channel">Names the address to connect to.</param>
    /// <param name="hub">Which hub.</param>
    /// <param name="listener">Hears what comes.</param>
    /// <param name="keep">How long a group is kept after the last who wanted it: it may be wanted again soon.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">For the connection's ends.</param>
    public HubSubscriptions(IChannel channel, ChannelHub hub, IHubListener listener, TimeSpan keep, TimeProvider time, ILogger logger)
    {
        (_channel, _hub, _listener, _keep, _time, _logger) = (channel, hub, listener, keep, time, logger);
        _stop = _stopping.Token;
        _timer = time.CreateTimer(static all => ((HubSubscriptions)all!).LeaveIdle(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The service's name of the present connection; null while there is none.</summary>
    public string? ConnectionId
    {
        get
        {
            lock (_lock)
            {
                return _socket?.ConnectionId;
            }
        }
    }

    /// <summary>Wants a group, until <see cref="Leave"/>.</summary>
    /// <param name="group">The group.</param>
    /// <param name="longest">How long to wait for it; while the hub is known to be down nobody waits.</param>
    /// <param name="cancellationToken">Ends the wait; the group is wanted all the same.</param>
    /// <returns>Whether whatever is sent from now on is heard. False: not yet, or the hub is down; it goes on to be tried.</returns>
    public async ValueTask<bool> JoinAsync(string group, TimeSpan longest, CancellationToken cancellationToken)
    {
        Task<bool> joining;
        lock (_lock)
        {
            if (!_groups.TryGetValue(group, out var membership))
            {
                _groups.Add(group, membership = new());
                _socket?.Join(group);
            }

            membership.Wanted++;
            if (!_isRunning && !_stop.IsCancellationRequested)
            {
                _isRunning = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }

            if (membership.Number != 0 || _isDown)
            {
                return membership.Number != 0;
            }

            joining = membership.Joining.Task;
        }

        try
        {
            return await joining.WaitAsync(longest, _time, cancellationToken);
        }
        catch (Exception fault) when (fault is TimeoutException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>One who wanted a group wants it no longer.</summary>
    public void Leave(string group)
    {
        lock (_lock)
        {
            if (_groups.TryGetValue(group, out var membership) && --membership.Wanted == 0)
            {
                membership.IdleSince = _time.GetTimestamp();
                _timer.Change(_keep, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Names the time since which everything sent to the group is heard: another number after each interruption, 0 while messages may be missed.</summary>
    public long MembershipOf(string group)
    {
        lock (_lock)
        {
            return _groups.TryGetValue(group, out var membership) ? membership.Number : 0;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            _stopping.Cancel();
            _stopping.Dispose();
            _timer.Dispose();
        }
    }

    private async Task RunAsync()
    {
        var pause = TimeSpan.Zero;
        while (await WaitAsync(pause))
        {
            var (began, opened) = (_time.GetTimestamp(), false);
            try
            {
                opened = await ServeAsync();
            }
            catch (Exception fault)
            {
                LogOnce(fault);
            }

            Interrupt(opened);

            // At once after a connection that held for a while; in ever longer steps, and not with all instances together, while none does.
            var step = opened && _time.GetElapsedTime(began) > LongestPause ? TimeSpan.Zero : pause * 2;
            pause = (step < ShortestPause ? ShortestPause : step > LongestPause ? LongestPause : step) * (0.8 + (0.4 * Random.Shared.NextDouble()));
        }
    }

    // False: nobody wants anything any more, or the process ends.
    private async Task<bool> WaitAsync(TimeSpan pause)
    {
        if (!GoesOn())
        {
            return false;
        }

        try
        {
            await Task.Delay(pause, _time, _stop);
        }
        catch (OperationCanceledException)
        {
            // Seen below.
        }

        return GoesOn();
    }

    private bool GoesOn()
    {
        lock (_lock)
        {
            return _isRunning = _groups.Count > 0 && !_stop.IsCancellationRequested;
        }
    }

    // Returns when the connection ended in order; whether there was one at all shows in what is told of it.
    private async Task<bool> ServeAsync()
    {
        HubSocket socket;
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop))
        {
            limit.CancelAfter(ConnectWithin);
            socket = await HubSocket.ConnectAsync(await _channel.GetClientUriAsync(_hub, [], joins: true, TokenLifetime, limit.Token), limit.Token);
        }

        using (socket)
        {
            lock (_lock)
            {
                _socket = socket;
                _isDown = false;
                foreach (var group in _groups.Keys)
                {
                    socket.Join(group);
                }
            }

            _isBroken = false;
            Log.Connected(_logger, _hub);
            try
            {
                await socket.RunAsync(Joined, _listener.Received, _stop);
            }
            catch (Exception fault)
            {
                LogOnce(fault);
            }

            return true;
        }
    }

    // The first of a row says it; a hub that is down for an hour would else fill the log.
    private void LogOnce(Exception fault)
    {
        if (!_isBroken && !_stop.IsCancellationRequested)
        {
            _isBroken = true;
            Log.Broken(_logger, fault, _hub);
        }
    }

    private void Joined(string group, bool isIn)
    {
        TaskCompletionSource<bool>? joining = null;
        var hasMissed = false;
        lock (_lock)
        {
            if (_groups.TryGetValue(group, out var membership))
            {
                membership.Number = isIn ? ++_joins : 0;
                joining = membership.Joining;
                hasMissed = isIn && membership.HasMissed;
                membership.HasMissed &= !isIn;
                if (!isIn)
                {
                    membership.Joining = new(TaskCreationOptions.RunContinuationsAsynchronously);
                }
            }
        }

        if (hasMissed)
        {
            _listener.Regained(group);
        }

        joining?.TrySetResult(isIn);
        if (!isIn)
        {
            Log.NotJoined(_logger, _hub, group);
            _ = AskAgainAsync(group);
        }
    }

    // Refused, perhaps because too many were asked for at once.
    private async Task AskAgainAsync(string group)
    {
        try
        {
            await Task.Delay(LongestPause, _time, _stop);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        lock (_lock)
        {
            if (_groups.TryGetValue(group, out var membership) && membership.Number == 0)
            {
                _socket?.Join(group);
            }
        }
    }

    private void Interrupt(bool hadConnection)
    {
        List<TaskCompletionSource<bool>> waiting = [];
        lock (_lock)
        {
            _socket = null;
            _isDown = !hadConnection;
            foreach (var membership in _groups.Values)
            {
                membership.Number = 0;
                membership.HasMissed = true;
                waiting.Add(membership.Joining);
                membership.Joining = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        waiting.ForEach(joining => joining.TrySetResult(false));
        _listener.Lost();
    }

    private void LeaveIdle()
    {
        lock (_lock)
        {
            var left = _keep;
            var someAreIdle = false;
            foreach (var (group, membership) in _groups.Where(pair => pair.Value.Wanted == 0).ToList())
            {
                var rest = _keep - _time.GetElapsedTime(membership.IdleSince);
                if (rest <= TimeSpan.Zero)
                {
                    _groups.Remove(group);
                    _socket?.Leave(group);
                }
                else
                {
                    (left, someAreIdle) = (rest < left ? rest : left, true);
                }
            }

            if (_groups.Count == 0)
            {
                _socket?.Close();
            }

            if (someAreIdle && !_stop.IsCancellationRequested)
            {
                _timer.Change(left, Timeout.InfiniteTimeSpan);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Information, "Connected to hub {Hub}.")]
        public static partial void Connected(ILogger logger, ChannelHub hub);

        [LoggerMessage(1502, LogLevel.Warning, "The connection to hub {Hub} broke or could not be made; it is tried again.")]
        public static partial void Broken(ILogger logger, Exception fault, ChannelHub hub);

        [LoggerMessage(1503, LogLevel.Warning, "Hub {Hub} does not let this instance into group {Group}.")]
        public static partial void NotJoined(ILogger logger, ChannelHub hub, string group);
    }

    private sealed class Membership
    {
        /// <summary>How many want the group.</summary>
        public int Wanted { get; set; }

        /// <summary>Since when nobody does, as the clock's timestamp.</summary>
        public long IdleSince { get; set; }

        /// <summary>See <see cref="MembershipOf"/>.</summary>
        public long Number { get; set; }

        /// <summary>Whether a connection, or the attempt at one, has ended since the group was joined or wanted.</summary>
        public bool HasMissed { get; set; }

        /// <summary>Ends with the next answer, or the connection.</summary>
        public TaskCompletionSource<bool> Joining { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
