using Microsoft.Extensions.Logging;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Realtime;

/// <summary>Ends the connections of those who may no longer watch. Best effort: it takes two seconds at most and never fails its caller.</summary>
public sealed partial class LogViewers(TimeProvider time, ILogger<LogViewers> logger, IChannel? channel = null) : IDisposable
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(2);

    // An address that was given out before the end can be used for as long as it holds, and one more may be given out by an instance that believes the key still.
    private static readonly TimeSpan EndAgainAfter = LogWatchService.WatchFor + OperatorAccess.Belief + TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stopping = new();

    /// <inheritdoc/>
    public void Dispose() => _stopping.Cancel();

    /// <summary>An operator's key has ended: so do the connections that it asked for, now, and once more when addresses that it was given have ended.</summary>
    internal async Task EndAsync(OperatorKeyId key)
    {
        if (channel is not null)
        {
            await EndAsync(LogGroups.Of(OperatorId.Of(key)), "The API key has ended.");
            _ = EndLaterAsync(LogGroups.Of(OperatorId.Of(key)), "The API key has ended.");
        }
    }

    /// <summary>A connector is gone: so are those who watched it or one of its devices.</summary>
    internal Task EndAsync(Connector connector) => channel is null || connector.Watch.IsEmpty
        ? Task.CompletedTask
        : Task.WhenAll(connector.Watch.Devices.Select(device => LogGroups.Of(new DeviceKey(connector.Id, device))).Append(LogGroups.Of(connector.Id))
            .Select(group => EndAsync(group, "The connector is deleted.")));

    private async Task EndLaterAsync(string group, string reason)
    {
        try
        {
            await Task.Delay(EndAgainAfter, time, _stopping.Token);
            await EndAsync(group, reason);
        }
        catch (OperationCanceledException)
        {
            // The process ends, and with it all that it could do.
        }
    }

    private async Task EndAsync(string group, string reason)
    {
        using var limit = new CancellationTokenSource(EndWithin, time);
        try
        {
            await channel!.CloseAsync(ChannelHub.Log, group, reason, limit.Token).WaitAsync(limit.Token);
        }
        catch (Exception fault)
        {
            Log.NotEnded(logger, fault, group);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1552, LogLevel.Warning, "Connections of {Group} to the live log may not have been ended.")]
        public static partial void NotEnded(ILogger logger, Exception fault, string group);
    }
}
