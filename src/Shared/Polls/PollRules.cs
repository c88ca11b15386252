using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Shared.Polls;

/// <summary>What is news to a poll (specification a.8; design, rule 7).</summary>
internal static class PollRules
{
    /// <summary>Longest wait that the specification knows.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(300);

    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan[] RestsAfterWake = [TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5)];

    /// <summary>How long a poll waits.</summary>
    public static TimeSpan Wait(TimeSpan asked, TimeSpan max)
    {
        var longest = max < LongestWait ? max : LongestWait;
        return asked < longest ? asked : longest;
    }

    /// <summary>How long a poll rests after a look that failed; null = it ends with that fault.</summary>
    /// <param name="heard">Why it looked; None = the poll began.</param>
    /// <param name="failed">How many looks before this one failed, since the last that did not or the last wake.</param>
    /// <param name="lookAgain">How long it sleeps when nothing fails.</param>
    public static TimeSpan? RestAfter(PollSignals heard, int failed, TimeSpan lookAgain)
    {
        // The device has been promised nothing yet, and nothing is known of what there is: better told at once than left to hope.
        if (heard == PollSignals.None)
        {
            return null;
        }

        // Something has been set, or the device shut out. 304 would deny it, so after a few more looks the fault is told, and the device comes back.
        if ((heard & PollSignals.Woken) != PollSignals.None)
        {
            return heard.HasFlag(PollSignals.End) || failed >= RestsAfterWake.Length ? null : RestsAfterWake[failed];
        }

        // Nobody waits for this look: it is there in case a wake was lost. Ever longer, because storage that fails may have too much to do.
        var rest = FirstRest * Math.Pow(2, Math.Min(failed, 10));
        return rest < lookAgain ? rest : lookAgain;
    }

    /// <summary>Whether a value that is there when the poll begins is news.</summary>
    /// <param name="definition">The resource.</param>
    /// <param name="row">Its row; null = none.</param>
    /// <param name="since">See <see cref="PollTerms.Since"/>.</param>
    public static bool IsNewSince(ResourceDefinition definition, StateRow? row, long? since)
    {
        if (since is not { } second || StateRules.Present(definition, row) is null)
        {
            return false;
        }

        return second == 0 || (definition.Sync && Seconds(StampOf(definition, row)) >= second);
    }

    /// <summary>Whether a value changed under a waiting poll: only the cloud's sets count, never what the device itself wrote.</summary>
    /// <param name="definition">The resource.</param>
    /// <param name="row">Its row now; null = none.</param>
    /// <param name="found">Its stamp when the poll began.</param>
    public static bool IsChanged(ResourceDefinition definition, StateRow? row, long found) =>
        definition.HoldsPending && row is not null && row.Stamp != found

        // A row that the device has made meanwhile has a stamp, and the cloud set nothing.
        && (found != 0 || row.Pending is not null);

    /// <summary>
    /// Whether the newest set of the device left this value. A poll without a time that hears of a set and finds no stamp moved began in the middle of that
    /// set: after its commit, before its announcement. It would miss it.
    /// </summary>
    public static bool IsNewestSet(ResourceDefinition definition, StateRow? row, long pollStamp) =>
        definition.HoldsPending && row?.Pending is not null && row.Stamp == pollStamp;

    /// <summary>
    /// Whether the cloud's newest set may have come after a poll began, which has missed wakes: one that was committed before its first look, and announced
    /// later, shows by nothing else. Seconds are compared, because clocks of instances differ: a value that comes twice does less harm than one that does not come.
    /// </summary>
    /// <param name="pollStamp">The device's poll stamp, µs.</param>
    /// <param name="began">When the poll began, µs.</param>
    public static bool IsSetSince(long pollStamp, long began) => Seconds(pollStamp) >= Seconds(began);

    /// <summary>The stamp that counts for a resource: the cloud's, or when only devices write it the time of the report.</summary>
    public static long StampOf(ResourceDefinition definition, StateRow? row) =>
        row is null ? 0 : definition.HoldsPending ? row.Stamp : row.ReportedAt;

    /// <summary>
    /// The second that the reply names. The client comes back with the next one, so no later set may fall into it: a set in the second that still runs
    /// does, unless the device's poll stamp has used that second up.
    /// </summary>
    /// <param name="newest">Newest stamp among the values answered, µs.</param>
    /// <param name="pollStamp">The device's poll stamp, µs.</param>
    /// <param name="now">µs since the Unix epoch, from before the look.</param>
    public static long LastModified(long newest, long pollStamp, long now) => Math.Max(0, Math.Min(Seconds(newest), Math.Max(Seconds(pollStamp), Seconds(now) - 1)));

    private static long Seconds(long micros) => micros / UnixTime.MicrosPerSecond;
}
