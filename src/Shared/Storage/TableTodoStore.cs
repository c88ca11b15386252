using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Murano.Shared.Access;

namespace Murano.Shared.Storage;

/// <summary>Table <c>todo</c>: what must be finished after a crash.</summary>
public sealed class TableTodoStore(Tables tables)
{
    private const string Repair = "repair";

    /// <summary>Notes the work, before its first step.</summary>
    internal Task PutAsync(TodoItem item, CancellationToken cancellationToken) => tables.Todo.UpsertEntityAsync(
        new TableEntity(TodoKeys.Shard(item.OperationId), TodoKeys.Row(item.Due, item.OperationId))
        {
            ["Kind"] = Repair,
            ["Device"] = item.Device.Partition,
            ["Credentials"] = string.Join(',', item.Credentials.Select(credential => $"{credential.Hash}:{credential.Id}")),
            ["Listed"] = item.Listed,
        },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>Forgets the work, after its last step.</summary>
    internal Task RemoveAsync(TodoItem item, CancellationToken cancellationToken) =>
        tables.Todo.DeleteEntityAsync(TodoKeys.Shard(item.OperationId), TodoKeys.Row(item.Due, item.OperationId), ETag.All, cancellationToken);

    /// <summary>All work that is due, shard by shard, in each the earliest first; null for a row that this version cannot read.</summary>
    internal async IAsyncEnumerable<(string Row, TodoItem? Item)> ListDueAsync(DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var shard in TodoKeys.Shards)
        {
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey lt {TodoKeys.NotDue(now)}");
            await foreach (var entity in tables.Todo.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            {
                yield return (entity.RowKey, Read(entity));
            }
        }
    }

    private static TodoItem? Read(TableEntity entity)
    {
        try
        {
            var (due, operationId) = TodoKeys.Parse(entity.RowKey);
            return new TodoItem
            {
                Due = due,
                OperationId = operationId,
                Device = DeviceKey.Parse(entity.GetString("Device") ?? ""),
                Credentials = [.. (entity.GetString("Credentials") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ToCredential)],
                Listed = entity.GetString("Listed") ?? "",
            };
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static (string Hash, CredentialId Id) ToCredential(string text)
    {
        var separator = text.IndexOf(':', StringComparison.Ordinal);
        return (text[..separator], new CredentialId(text[(separator + 1)..]));
    }
}
