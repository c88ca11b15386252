using System.Text;
using Microsoft.Extensions.Logging;
using Murano.Shared;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Functions.Health;

/// <summary>
/// Asks the parts how they are: storage by one point read, the channel by a message to a group that nobody is in. Anybody may ask the app, so it asks the parts
/// once in five seconds at most, whoever asks and however many.
/// </summary>
public sealed partial class HealthService(StorageLook look, TimeProvider time, ILogger<HealthService> logger, IChannel? channel = null) : IDisposable
{
    /// <summary>How long an answer is kept.</summary>
    internal static readonly TimeSpan Keep = TimeSpan.FromSeconds(5);

    private const string Group = "health";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly ReadOnlyMemory<byte> Nothing = Encoding.UTF8.GetBytes("{}");

    private readonly FlightCache<string, HealthState> _states = new(1, Keep, time);
    private HealthState? _told;

    /// <inheritdoc/>
    public void Dispose() => _states.Dispose();

    /// <summary>How the parts are; at most <see cref="Keep"/> old. It takes four seconds at most, so whoever asked and left is no reason to end it.</summary>
    internal async Task<HealthState> AskAsync() => (await _states.GetAsync("", _ => LookAsync(), CancellationToken.None))!;

    private async Task<HealthState?> LookAsync()
    {
        using var limit = new CancellationTokenSource(Patience, time);
        var (storage, channel) = (BoundAsync(AskStorageAsync(limit.Token), limit.Token), BoundAsync(AskChannelAsync(limit.Token), limit.Token));
        var state = new HealthState(await storage, await channel);
        Tell(state);
        return state;
    }

    private async Task<PartState> AskStorageAsync(CancellationToken cancellationToken) => await look.AskAsync(cancellationToken) ? PartState.Up : PartState.Newer;

    private async Task<PartState> AskChannelAsync(CancellationToken cancellationToken)
    {
        if (channel is null)
        {
            return PartState.None;
        }

        await channel.SendAsync(ChannelHub.Wake, Group, Nothing, except: null, cancellationToken);
        return PartState.Up;
    }

    private async Task<PartState> BoundAsync(Task<PartState> asking, CancellationToken limit)
    {
        try
        {
            return await asking.WaitAsync(limit);
        }
        catch (Exception fault)
        {
            Log.NotThere(logger, fault);
            return PartState.Down;
        }
    }

    // Once for each change: probes ask all day.
    private void Tell(HealthState state)
    {
        var before = Interlocked.Exchange(ref _told, state);
        if (before == state)
        {
            return;
        }

        if (state is not { IsReady: true, Channel: not PartState.Down })
        {
            Log.Worse(logger, state.Status, state.Storage, state.Channel);
        }
        else if (before is not null)
        {
            Log.Better(logger);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1900, LogLevel.Debug, "A part that was asked how it is did not answer.")]
        public static partial void NotThere(ILogger logger, Exception fault);

        [LoggerMessage(1901, LogLevel.Warning, "The app is {Status}: storage {Storage}, channel {Channel}.")]
        public static partial void Worse(ILogger logger, string status, PartState storage, PartState channel);

        [LoggerMessage(1902, LogLevel.Information, "The app and all that it needs are up again.")]
        public static partial void Better(ILogger logger);
    }
}
