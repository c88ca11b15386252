using Microsoft.Extensions.Options;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>
/// How many more devices a connector may have. Each instance counts a connector's devices once a minute while new ones are made, a request for each thousand, and
/// adds what it makes itself; so several at once may make a few too many. Without a limit nothing is counted.
/// </summary>
public sealed class DeviceQuota(TableDirectoryStore directory, IOptions<ConnectorOptions> options, TimeProvider time) : IDisposable
{
    private const int Remembered = 10_000;
    private static readonly TimeSpan Counted = TimeSpan.FromMinutes(1);

    // Where there is no room, devices may have been deleted meanwhile.
    private static readonly TimeSpan CountAgain = TimeSpan.FromSeconds(5);

    private readonly FlightCache<ConnectorId, Tally> _tallies = new(Remembered, Counted, time);

    /// <summary>What operators are told.</summary>
    internal static Failure Exceeded { get; } = new Failure.Conflict("device-limit", "The connector has as many devices as it may have.");

    /// <summary>What a device is told that would make itself: the limit may be raised, so that it is to come again.</summary>
    internal static Failure ExceededByDevice { get; } = new Failure.TooMany("device-limit", "The connector has as many devices as it may have.", Counted);

    /// <summary>Most devices of a connector; 0 = no limit.</summary>
    public int Most => options.Value.MaxDevices;

    /// <inheritdoc/>
    public void Dispose() => _tallies.Dispose();

    /// <summary>Takes room for new devices.</summary>
    /// <returns>For how many there is room; they count as made.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    internal async Task<int> TakeAsync(ConnectorId connector, int wanted, CancellationToken cancellationToken)
    {
        if (Most == 0)
        {
            return wanted;
        }

        var tally = (await _tallies.GetAsync(connector, CountAsync, cancellationToken))!;
        var granted = tally.Take(wanted, Most);
        if (granted < wanted && time.GetElapsedTime(tally.At) >= CountAgain)
        {
            tally = (await _tallies.RefreshAsync(connector, CountAsync, cancellationToken))!;
            granted = tally.Take(wanted, Most);
        }

        return granted;
    }

    private async Task<Tally?> CountAsync(ConnectorId connector)
    {
        var began = time.GetTimestamp();
        return new Tally((await directory.CountAsync(connector, CancellationToken.None)).All, began);
    }

    private sealed class Tally(long count, long at)
    {
        private readonly Lock _turn = new();
        private long _count = count;

        public long At => at;

        public int Take(int wanted, int most)
        {
            lock (_turn)
            {
                var granted = (int)Math.Clamp(most - _count, 0, wanted);
                _count += granted;
                return granted;
            }
        }
    }
}
