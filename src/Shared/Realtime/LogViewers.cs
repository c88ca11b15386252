using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Realtime;

/// <summary>Ends the connections of those who may no longer watch. What it does at once takes two seconds at most and never fails its caller.</summary>
public sealed partial class LogViewers(TableTodoStore todo, TimeProvider time, ILogger<LogViewers> logger, IChannel? channel = null) : IDisposable
{
    private static readonly TimeSpan EndWithin = TimeSpan.FromSeconds(2);

    // An address that was given out before the end can be used for as long as it holds, and one more may be given out by an instance that believes the key still.
    private static readonly TimeSpan EndAgainAfter = LogWatchService.WatchFor + OperatorAccess.Belief + TimeSpan.FromSeconds(5);

    // Of what ends later than that, the sweeper takes care alone.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(2);

    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, bool> _noted = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _stopping.Cancel();

    /// <summary>The groups by which the connections of an operator are ended.</summary>
    internal static IEnumerable<string> GroupsOf(OperatorSession viewer) =>
        viewer.Until > 0 ? [LogGroups.Of(viewer.Id), LogGroups.Of(viewer.Id, viewer.Until)] : [LogGroups.Of(viewer.Id)];

    /// <summary>Sees to it that connections end with the key or access token by which they were asked for: by this instance, and if it is no longer there by the sweeper, up to five minutes later.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had: nobody would end them.</exception>
    internal async Task EndWithAsync(OperatorSession viewer, CancellationToken cancellationToken)
    {
        var group = LogGroups.Of(viewer.Id, viewer.Until);
        if (channel is null || viewer.Until == 0 || _noted.ContainsKey(group))
        {
            return;
        }

        var due = UnixTime.FromMicros(viewer.Until) + TodoItem.AtOnce;
        await todo.PutAsync(
            new() { Kind = TodoKind.Viewers, Due = due, OperationId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(group)))[..32], Subject = group }, cancellationToken);

        // Whoever asks again, every minute as a rule, needs neither another row nor another wait.
        if (due - time.GetUtcNow() is var wait && wait < LongestWait && _noted.TryAdd(group, true))
        {
            _ = EndLaterAsync(group, wait, "The key or access token has ended.");
        }
    }

    /// <summary>Ends connections whose time has come.</summary>
    /// <returns>Whether it is done; false = it is tried again in the next run.</returns>
    internal async Task<bool> ResumeAsync(TodoItem item, CancellationToken cancellationToken)
    {
        if (channel is not null && !await EndAsync(item.Subject, "The key or access token has ended."))
        {
            return false;
        }

        await todo.RemoveAsync(item, cancellationToken);
        return true;
    }

    /// <summary>An operator's key has ended: so do the connections that it asked for, now, and once more when addresses that it was given have ended.</summary>
    internal async Task EndAsync(OperatorKeyId key)
    {
        if (channel is not null)
        {
            await EndAsync(LogGroups.Of(OperatorId.Of(key)), "The API key has ended.");
            _ = EndLaterAsync(LogGroups.Of(OperatorId.Of(key)), EndAgainAfter, "The API key has ended.");
        }
    }

    /// <summary>A connector is gone: so are those who watched it or one of its devices.</summary>
    internal Task EndAsync(Connector connector) => channel is null || connector.Watch.IsEmpty
        ? Task.CompletedTask
        : Task.WhenAll(connector.Watch.Devices.Select(device => LogGroups.Of(new DeviceKey(connector.Id, device))).Append(LogGroups.Of(connector.Id))
            .Select(group => EndAsync(group, "The connector is deleted.")));

    private async Task EndLaterAsync(string group, TimeSpan wait, string reason)
    {
        try
        {
            await Task.Delay(wait, time, _stopping.Token);
            await EndAsync(group, reason);
        }
        catch (OperationCanceledException)
        {
            // The process ends, and with it all that it could do.
        }
        finally
        {
            _noted.TryRemove(group, out _);
        }
    }

    private async Task<bool> EndAsync(string group, string reason)
    {
        using var limit = new CancellationTokenSource(EndWithin, time);
        try
        {
            await channel!.CloseAsync(ChannelHub.Log, group, reason, limit.Token).WaitAsync(limit.Token);
            return true;
        }
        catch (Exception fault)
        {
            Log.NotEnded(logger, fault, group);
            return false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1552, LogLevel.Warning, "Connections of {Group} to the live log may not have been ended.")]
        public static partial void NotEnded(ILogger logger, Exception fault, string group);
    }
}
