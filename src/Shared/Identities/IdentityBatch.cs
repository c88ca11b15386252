using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>Makes and changes many identities in one request, each for itself: a failure of one keeps no other. New ones count as created in the order of their rows.</summary>
public sealed class IdentityBatch(IdentityService identities, TimeProvider time)
{
    /// <summary>Most rows of a batch in JSON.</summary>
    internal const int MaxRows = 1_000;

    private const int AtOnce = 16;

    private static readonly Failure NoStorage = new Failure.Busy("storage-unavailable", "Storage does not answer.", TimeSpan.FromSeconds(1));
    private static readonly Failure NoTime = new Failure.Busy("deadline", "This took too long. Try again.", TimeSpan.FromSeconds(1));

    /// <summary>Makes or changes each (specification c.1, updateIdentities).</summary>
    /// <returns>For each row, in order, why it was not done, as <see cref="IdentityService.PutAsync"/>; null = it was. Once storage or time is gone the rest is not tried.</returns>
    internal Task<IReadOnlyList<Failure?>> PutAsync(Connector connector, IReadOnlyList<IdentityRow> rows, CancellationToken cancellationToken) =>
        RunAsync(rows, (identity, change) => identities.PutAsync(connector, identity, change, cancellationToken));

    /// <summary>Makes each, which must not be known yet (specification c.1, addIdentities).</summary>
    /// <inheritdoc cref="PutAsync"/>
    internal Task<IReadOnlyList<Failure?>> AddAsync(Connector connector, IReadOnlyList<IdentityRow> rows, CancellationToken cancellationToken) =>
        RunAsync(rows, (identity, change) => identities.AddAsync(connector, identity, change, cancellationToken));

    /// <summary>Whether <see cref="PutAsync"/> would change each, without doing it. Tokens that other devices have are not looked at.</summary>
    /// <returns>For each row, in order, whether it would; or why it could not be done. Once storage or time is gone the rest is not looked at.</returns>
    internal async Task<IReadOnlyList<Outcome<bool>>> TryAsync(Connector connector, IReadOnlyList<IdentityRow> rows, CancellationToken cancellationToken)
    {
        var changes = new bool[rows.Count];
        var places = rows.Select((row, i) => (row.Identity, i)).ToDictionary(row => row.Identity, row => row.i);
        var failures = await RunAsync(rows, async (identity, change) =>
        {
            if (!(await identities.WouldChangeAsync(connector, identity, change, makes: true, cancellationToken)).TryGet(out var would, out var failure))
            {
                return failure;
            }

            changes[places[identity]] = would;
            return Done.Instance;
        });
        return [.. failures.Select((failure, i) => failure is null ? (Outcome<bool>)changes[i] : failure)];
    }

    private async Task<IReadOnlyList<Failure?>> RunAsync(IReadOnlyList<IdentityRow> rows, Func<IdentityId, IdentityChange, Task<Outcome<Done>>> apply)
    {
        var now = time.GetUnixMicros();
        var failures = new Failure?[rows.Count];
        Failure? end = null;
        await Parallel.ForAsync(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
        {
            if (Volatile.Read(ref end) is { } over)
            {
                failures[i] = over;
                return;
            }

            try
            {
                failures[i] = (await apply(rows[i].Identity, rows[i].Change with { Created = now + i })).TryGet(out var _, out var failure) ? null : failure;
            }
            catch (Exception fault) when (fault is StorageUnavailableException or OperationCanceledException)
            {
                failures[i] = fault is StorageUnavailableException ? NoStorage : NoTime;
                Volatile.Write(ref end, failures[i]);
            }
        });
        return failures;
    }
}
