using Azure;
using Azure.Data.Tables;
using Murano.Shared.Access;

namespace Murano.Shared.Storage;

/// <summary>Table <c>access</c>, partition <c>session</c>: what operators' log-ins gave out. All that a session says is in its row's key.</summary>
public sealed class TableSessionStore(Tables tables)
{
    private const string Created = "Created";

    // More than a tool leaves behind in a day of one log-in a minute.
    private const int BatchesAtLogin = 20;
    private const int BatchesAtEnd = 1000;

    /// <summary>Stores a new session; done twice it is the same.</summary>
    internal Task PutAsync(SessionToken token, long now, CancellationToken cancellationToken) =>
        tables.Access.UpsertEntityAsync(new TableEntity(AccessKeys.Session, AccessKeys.SessionRow(token)) { [Created] = now }, TableUpdateMode.Replace, cancellationToken);

    /// <summary>Whether storage knows exactly this session.</summary>
    internal async Task<bool> ExistsAsync(SessionToken token, CancellationToken cancellationToken) =>
        (await tables.Access.GetEntityIfExistsAsync<TableEntity>(AccessKeys.Session, AccessKeys.SessionRow(token), ["RowKey"], cancellationToken)).HasValue;

    /// <summary>Ends a session; it need not be there.</summary>
    internal Task RemoveAsync(SessionToken token, CancellationToken cancellationToken) =>
        tables.Access.DeleteEntityAsync(AccessKeys.Session, AccessKeys.SessionRow(token), ETag.All, cancellationToken);

    /// <summary>Removes a key's sessions that ended before a time, seconds since the Unix epoch.</summary>
    internal Task RemoveEndedAsync(OperatorKeyId key, long now, CancellationToken cancellationToken) =>
        tables.Access.RemoveRowsAsync(Range(AccessKeys.FirstSession(key), AccessKeys.FirstSession(key, now)), BatchesAtLogin, cancellationToken);

    /// <summary>Removes all sessions of a key.</summary>
    internal Task RemoveAllAsync(OperatorKeyId key, CancellationToken cancellationToken) =>
        tables.Access.RemoveRowsAsync(Range(AccessKeys.FirstSession(key), AccessKeys.AfterSessions(key)), BatchesAtEnd, cancellationToken);

    private static string Range(string from, string to) => TableClient.CreateQueryFilter($"PartitionKey eq {AccessKeys.Session} and RowKey ge {from} and RowKey lt {to}");
}
