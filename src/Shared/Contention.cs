namespace Murano.Shared;

/// <summary>The one loop for writers that lose to others: again with what is there now, a bounded number of times, a little apart.</summary>
internal static class Contention
{
    private const int DefaultTries = 12;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(40);

    /// <summary>Runs <paramref name="attempt"/> until it settles.</summary>
    /// <param name="attempt">Reads, decides and commits; null = lost to another writer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the attempt settled on, or <see cref="Failure.Busy"/> when all tries were lost.</returns>
    public static Task<Outcome<T>> SettleAsync<T>(Func<Task<Outcome<T>?>> attempt, CancellationToken cancellationToken)
        where T : notnull => SettleAsync(attempt, DefaultTries, cancellationToken);

    /// <inheritdoc cref="SettleAsync{T}(Func{Task{Outcome{T}?}}, CancellationToken)"/>
    /// <param name="attempt">Reads, decides and commits; null = lost to another writer.</param>
    /// <param name="tries">How often at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<Outcome<T>> SettleAsync<T>(Func<Task<Outcome<T>?>> attempt, int tries, CancellationToken cancellationToken)
        where T : notnull
    {
        for (var i = 1; ; i++)
        {
            if (await attempt() is { } outcome)
            {
                return outcome;
            }

            if (i == tries)
            {
                return new Failure.Busy("contention", "Too many writers at once.", TimeSpan.FromSeconds(1));
            }

            await Task.Delay(LongestPause * Random.Shared.NextDouble() * i / tries, cancellationToken);
        }
    }
}
