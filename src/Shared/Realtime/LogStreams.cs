using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Shared.Realtime;

/// <summary>
/// Shows the log of whole connectors to those who cannot speak WebSocket: Murano's command line. This instance watches in their place, by a connection of its own
/// to hub <c>log</c>, so they hear what all instances tell.
/// </summary>
public sealed class LogStreams : IHubListener, IDisposable
{
    /// <summary>How often is looked whether a viewer's key and connector are still there.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    // In looks; half the time for which a watch lasts.
    private const int RenewEvery = 6;

    private static readonly TimeSpan JoinWithin = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan KeepGroups = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, (List<LogStream> All, LogCount Count)> _streams = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly ConnectorService _connectors;
    private readonly LogWatchService _watches;
    private readonly OperatorAccess _operators;
    private readonly LiveLogOptions _options;
    private readonly MuranoMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly HubSubscriptions? _groups;
    private int _count;
    private bool _isClosed;

    /// <summary>Begins without a connection.</summary>
    public LogStreams(
        ConnectorService connectors, LogWatchService watches, OperatorAccess operators, IOptions<LiveLogOptions> options, MuranoMetrics metrics, TimeProvider time, ILogger<LogStreams> logger, IChannel? channel = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_connectors, _watches, _operators, _options, _metrics, _time) = (connectors, watches, operators, options.Value, metrics, time);
        _groups = channel is null ? null : new(channel, ChannelHub.Log, this, KeepGroups, time, logger);
    }

    /// <summary>How many there are.</summary>
    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _count;
            }
        }
    }

    /// <inheritdoc/>
    void IHubListener.Received(string group, JsonElement data)
    {
        LogStream[] streams;
        long? missed;
        lock (_lock)
        {
            if (!_streams.TryGetValue(group, out var present))
            {
                return;
            }

            (streams, missed) = ([.. present.All], present.Count.Take(data));
        }

        switch (missed)
        {
            case null:
                return; // it came before
            case > 0:
                Show(streams, LogLineJson.Dropped(missed, _time.GetUnixMicros()));
                break;
            default:
                break;
        }

        if (data.ValueKind == JsonValueKind.Array)
        {
            foreach (var happened in data.EnumerateArray())
            {
                Show(streams, happened);
            }
        }
        else
        {
            Show(streams, data);
        }
    }

    /// <inheritdoc/>
    void IHubListener.Lost()
    {
        // Told when it is over.
    }

    /// <inheritdoc/>
    void IHubListener.Regained(string group)
    {
        LogStream[] streams;
        lock (_lock)
        {
            streams = _streams.TryGetValue(group, out var present) ? [.. present.All] : [];
        }

        // How many shows, if at all, with each instance's next message.
        Show(streams, LogLineJson.Dropped(null, _time.GetUnixMicros()));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Close();
        _groups?.Dispose();
    }

    /// <summary>Ends all; the process ends.</summary>
    public void Close()
    {
        List<LogStream> all;
        lock (_lock)
        {
            _isClosed = true;
            all = [.. _streams.Values.SelectMany(streams => streams.All)];
        }

        all.ForEach(stream => stream.Dispose());
    }

    /// <summary>Begins to show a connector's log. The stream ends when it is disposed of, after <see cref="LiveLogOptions.MaxStream"/>, and when the key, the access token or the connector end.</summary>
    /// <param name="connector">The connector as it is now.</param>
    /// <param name="viewer">By whose leave.</param>
    /// <param name="cancellationToken">Ends the beginning.</param>
    /// <returns>The stream; Conflict without a channel; TooMany.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<Outcome<LogStream>> OpenAsync(Connector connector, OperatorSession viewer, CancellationToken cancellationToken)
    {
        if (_groups is null)
        {
            return LogWatchService.NoChannel;
        }

        if (TryAdd(connector) is not { } stream)
        {
            return new Failure.TooMany("too-many-streams", "Too many logs are shown already. Try again later.", LookEvery);
        }

        try
        {
            await _watches.WatchAsync(connector, identity: null, cancellationToken);
            await _groups.JoinAsync(LogGroups.Of(connector.Id), JoinWithin, cancellationToken);
            _ = LookAfterAsync(stream, connector, viewer);
            return stream;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    private static void Show(LogStream[] streams, JsonElement happened)
    {
        if (happened.ValueKind == JsonValueKind.Object)
        {
            Show(streams, LogLineJson.Of(happened));
        }
    }

    private static void Show(LogStream[] streams, ReadOnlyMemory<byte> line)
    {
        foreach (var stream in streams)
        {
            stream.Show(line);
        }
    }

    private LogStream? TryAdd(Connector connector)
    {
        var group = LogGroups.Of(connector.Id);
        lock (_lock)
        {
            if (_isClosed || _count >= _options.MaxStreams)
            {
                return null;
            }

            _count++;
            var stream = new LogStream(_options.MaxWaiting, _options.MaxStream, _metrics, _time, stream => Remove(group, stream));
            if (!_streams.TryGetValue(group, out var streams))
            {
                _streams.Add(group, streams = ([], new()));
            }

            streams.All.Add(stream);
            return stream;
        }
    }

    private void Remove(string group, LogStream stream)
    {
        lock (_lock)
        {
            if (!_streams.TryGetValue(group, out var streams) || !streams.All.Remove(stream))
            {
                return;
            }

            _count--;
            if (streams.All.Count == 0)
            {
                _streams.Remove(group);
            }
        }
    }

    private async Task LookAfterAsync(LogStream stream, Connector connector, OperatorSession viewer)
    {
        try
        {
            for (var look = 1; await MayGoOnAsync(connector.Id, viewer, renews: look % RenewEvery == 0, stream.Ended); look++)
            {
                await Task.Delay(LookEvery, _time, stream.Ended);
            }
        }
        catch (OperationCanceledException)
        {
            // It has ended.
        }
        finally
        {
            stream.Dispose();
            _groups!.Leave(LogGroups.Of(connector.Id));
        }
    }

    private async Task<bool> MayGoOnAsync(ConnectorId id, OperatorSession viewer, bool renews, CancellationToken cancellationToken)
    {
        try
        {
            if (!await _operators.MayGoOnAsync(viewer, id, OperatorPermission.Read, cancellationToken)
                || await _connectors.FindAsync(id, cancellationToken) is not { } connector)
            {
                return false;
            }

            if (renews)
            {
                await _watches.WatchAsync(connector, identity: null, cancellationToken);
            }
        }
        catch (StorageUnavailableException)
        {
            // It ends soon enough by itself; the next look may do better.
        }

        return true;
    }
}
