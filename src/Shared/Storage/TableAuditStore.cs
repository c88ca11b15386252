using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Shared.Storage;

/// <summary>Table <c>access</c>, partitions <c>audit!{day}</c>: what operators did, one partition a day.</summary>
public sealed class TableAuditStore(Tables tables)
{
    private const string At = "At";
    private const string Key = "Key";
    private const string Name = "Name";
    private const string Action = "Action";
    private const string Method = "Method";
    private const string Target = "Target";
    private const string Connector = "Connector";
    private const string Status = "Status";
    private const string Address = "Address";
    private const string Trace = "TraceId";

    // A run of the sweeper has other work too.
    private const int BatchesInRun = 200;

    /// <summary>Stores an entry; each call makes a row of its own.</summary>
    internal Task AddAsync(DateOnly day, AuditEntry entry, CancellationToken cancellationToken) => tables.Access.UpsertEntityAsync(
        new TableEntity(AccessKeys.AuditDay(day), AccessKeys.NewAuditRow(entry.At))
        {
            [At] = entry.At,
            [Key] = entry.Key,
            [Name] = entry.Name,
            [Action] = entry.Action,
            [Method] = entry.Method,
            [Target] = entry.Target,
            [Connector] = entry.Connector,
            [Status] = entry.Status,
            [Address] = entry.Address,
            [Trace] = entry.TraceId,
        },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>A day's entries, newest first, with their rows.</summary>
    /// <param name="day">The day.</param>
    /// <param name="after">Only rows after this one; empty = all.</param>
    /// <param name="until">Only rows before this one; empty = all.</param>
    /// <param name="connector">Only entries about this connector; null = all.</param>
    /// <param name="limit">How many are wanted; a hint.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async IAsyncEnumerable<(string Row, AuditEntry Entry)> ListAsync(
        DateOnly day, string after, string until, ConnectorId? connector, int limit, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {AccessKeys.AuditDay(day)} and RowKey gt {after}");
        filter += until.Length > 0 ? " and " + TableClient.CreateQueryFilter($"RowKey lt {until}") : "";
        filter += connector is { } id ? " and " + TableClient.CreateQueryFilter($"Connector eq {id.Value}") : "";
        await foreach (var row in tables.Access.QueryAsync<TableEntity>(filter, limit, cancellationToken: cancellationToken))
        {
            yield return (row.RowKey, Read(row));
        }
    }

    /// <summary>Removes a day's entries.</summary>
    /// <returns>Whether all are gone.</returns>
    internal Task<bool> RemoveDayAsync(DateOnly day, CancellationToken cancellationToken) =>
        tables.Access.RemoveRowsAsync(TableClient.CreateQueryFilter($"PartitionKey eq {AccessKeys.AuditDay(day)}"), BatchesInRun, cancellationToken);

    private static AuditEntry Read(TableEntity row) => new()
    {
        At = row.GetInt64(At) ?? 0,
        Key = row.GetString(Key) ?? "",
        Name = row.GetString(Name) ?? "",
        Action = row.GetString(Action) ?? "",
        Method = row.GetString(Method) ?? "",
        Target = row.GetString(Target) ?? "",
        Connector = row.GetString(Connector) ?? "",
        Status = row.GetInt32(Status) ?? 0,
        Address = row.GetString(Address) ?? "",
        TraceId = row.GetString(Trace) ?? "",
    };
}
