using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Murano.Shared.Storage;

namespace Murano.Shared.Access;

/// <summary>What operators did: written after each change, kept for some time, read by admins.</summary>
public sealed class AuditLog(TableAuditStore store, TableTodoStore todo, IOptions<AccessOptions> options, TimeProvider time)
{
    private const int MostDays = 366;
    private const long MaxMicros = 253_402_300_799_000_000; // the last second of the year 9999

    // While entries are kept for ever, how long until somebody asks again whether they still are.
    private static readonly TimeSpan AskAgain = TimeSpan.FromDays(30);

    private DateOnly _noted;

    private static Failure BadCursor => new Failure.Rejected("bad-parameter", "", "cursor must be that of a page before.");

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Writes an entry, and before the first of a day on this instance the work that will remove the day.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; what the entry is about is done all the same.</exception>
    public async Task WriteAsync(AuditEntry entry, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var day = DayOf(entry.At);
        if (_noted != day)
        {
            await todo.PutAsync(ToPurge(day), cancellationToken);
            _noted = day;
        }

        await store.AddAsync(day, entry, cancellationToken);
    }

    /// <summary>A page of entries, newest first. It looks at one day after the other, one request or more each.</summary>
    /// <param name="query">Which.</param>
    /// <param name="reader">Whoever reads sees what is about connectors in their scope; with all connectors in scope, also what is about none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The page; Rejected for a cursor that is none.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<AuditPage>> ListAsync(AuditQuery query, OperatorSession reader, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(reader);
        AuditCursor? cursor = null;
        if (query.Cursor is { } text && !AuditCursor.TryParse(text, out cursor))
        {
            return BadCursor;
        }

        var latest = query.To is { } to && DayOf(to) < Today ? DayOf(to) : Today;
        var kept = options.Value.AuditDays is > 0 and < MostDays and var days ? days : MostDays;
        var oldest = query.From is { } from ? DayOf(from) : Today.AddDays(-kept);
        oldest = oldest < latest.AddDays(-MostDays) ? latest.AddDays(-MostDays) : oldest;
        var after = query.To is { } end ? AccessKeys.FirstAuditRow(end) : "";
        var until = query.From is { } begin ? AccessKeys.FirstAuditRow(Math.Max(begin, 1) - 1) : "";
        if (cursor is not null && cursor.Day <= latest)
        {
            (latest, after) = (cursor.Day, string.CompareOrdinal(cursor.Row, after) > 0 ? cursor.Row : after);
        }

        List<AuditEntry> entries = [];
        AuditCursor? last = null;
        for (var day = latest; day >= oldest; day = day.AddDays(-1))
        {
            await foreach (var (row, entry) in store.ListAsync(day, after, until, query.Connector, Math.Min(query.Limit + 1, AuditQuery.MaxLimit), cancellationToken))
            {
                if (!reader.MaySee(entry))
                {
                    continue;
                }

                if (entries.Count == query.Limit)
                {
                    return new AuditPage(entries, last?.ToString());
                }

                entries.Add(entry);
                last = new(day, row);
            }
        }

        return new AuditPage(entries, null);
    }

    /// <summary>Removes a day's entries whose time has come.</summary>
    /// <returns>Whether it is done; false = more are left for the next run.</returns>
    internal async Task<bool> PurgeAsync(TodoItem item, CancellationToken cancellationToken)
    {
        if (AccessKeys.TryParseDay(item.Subject, out var day))
        {
            // Entries may be kept for longer now than when the day began, or for ever.
            var kept = ToPurge(day);
            if (options.Value.AuditDays == 0 || kept.Due > time.GetUtcNow())
            {
                await todo.PutAsync(options.Value.AuditDays == 0 ? kept with { Due = time.GetUtcNow() + AskAgain } : kept, cancellationToken);
            }
            else if (!await store.RemoveDayAsync(day, cancellationToken))
            {
                return false;
            }
        }

        await todo.RemoveAsync(item, cancellationToken);
        return true;
    }

    private static DateOnly DayOf(long micros) => DateOnly.FromDateTime(UnixTime.FromMicros(Math.Clamp(micros, 0, MaxMicros)).UtcDateTime);

    // The same row whoever writes it: an instance that starts again adds nothing.
    private TodoItem ToPurge(DateOnly day) => new()
    {
        Kind = TodoKind.Purge,
        Due = new DateTimeOffset(day.AddDays(1 + (options.Value.AuditDays > 0 ? options.Value.AuditDays : AskAgain.Days)).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
        OperationId = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(AccessKeys.AuditDay(day))))[..32],
        Subject = AccessKeys.DayText(day),
    };
}
