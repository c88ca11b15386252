using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Murano.Shared.Access;

namespace Murano.Shared.Storage;

/// <summary>Table <c>todo</c>: what must be finished after a crash.</summary>
public sealed class TableTodoStore(Tables tables)
{
    /// <summary>Characters of <c>Devices</c>: a property holds 32 Ki of them.</summary>
    internal const int MaxDevicesText = 30_000;

    private static readonly Dictionary<TodoKind, string> Names = new()
    {
        [TodoKind.Repair] = "repair",
        [TodoKind.Batch] = "batch",
        [TodoKind.Connector] = "connector",
        [TodoKind.Purge] = "purge",
        [TodoKind.Job] = "job",
        [TodoKind.Deliver] = "deliver",
        [TodoKind.Presence] = "presence",
        [TodoKind.Expire] = "expire",
        [TodoKind.Viewers] = "viewers",
    };

    /// <summary>Notes the work, before its first step.</summary>
    internal Task PutAsync(TodoItem item, CancellationToken cancellationToken) =>
        tables.Todo.UpsertEntityAsync(ToEntity(item), TableUpdateMode.Replace, cancellationToken);

    /// <summary>Forgets the work, after its last step.</summary>
    internal Task RemoveAsync(TodoItem item, CancellationToken cancellationToken) =>
        tables.Todo.DeleteEntityAsync(TodoKeys.Shard(item.OperationId), TodoKeys.Row(item.Due, item.OperationId), ETag.All, cancellationToken);

    /// <summary>All work that is due, shard by shard, in each the earliest first; null for a row that this version cannot read.</summary>
    /// <param name="now">What counts as due.</param>
    /// <param name="first">Number of the shard that comes first.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    internal async IAsyncEnumerable<(string Row, TodoItem? Item)> ListDueAsync(DateTimeOffset now, int first, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var shard in TodoKeys.Shards.Skip(first).Concat(TodoKeys.Shards.Take(first)))
        {
            await foreach (var due in ListDueAsync(shard, now, cancellationToken))
            {
                yield return due;
            }
        }
    }

    /// <summary>The same for one shard.</summary>
    internal async IAsyncEnumerable<(string Row, TodoItem? Item)> ListDueAsync(string shard, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {shard} and RowKey lt {TodoKeys.NotDue(now)}");
        await foreach (var entity in tables.Todo.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return (entity.RowKey, Read(entity));
        }
    }

    /// <summary>A device of a batch as it is stored: <c>{partition}|{mark}|{tags}</c>.</summary>
    internal static string Text(BatchDevice device) => $"{device.Device.Partition}|{device.Listed}|{TagKeys.ListText(device.Tags)}";

    /// <summary>A window as it is stored: <c>{partition}|{end}</c>.</summary>
    internal static string Text((DeviceKey Device, long Expire) window) => string.Create(CultureInfo.InvariantCulture, $"{window.Device.Partition}|{window.Expire}");

    private static TableEntity ToEntity(TodoItem item)
    {
        var entity = new TableEntity(TodoKeys.Shard(item.OperationId), TodoKeys.Row(item.Due, item.OperationId)) { ["Kind"] = Names[item.Kind] };
        if (item.Kind == TodoKind.Repair)
        {
            entity["Device"] = item.Device.Partition;
            entity["Credentials"] = string.Join(',', item.Credentials.Select(credential => $"{credential.Hash}:{credential.Id}"));
            entity["Tags"] = TagKeys.ListText(item.Tags);
            entity["Listed"] = item.Listed;
        }
        else if (item.Kind == TodoKind.Batch)
        {
            entity["Devices"] = string.Join(';', item.Devices.Select(Text));
        }
        else if (item.Kind == TodoKind.Expire)
        {
            entity["Devices"] = string.Join(';', item.Windows.Select(Text));
        }
        else if (item.Kind is TodoKind.Deliver or TodoKind.Presence)
        {
            // Not as a repair names its device: the device itself is not under way.
            entity["Subject"] = item.Device.Partition;
            entity["Attempts"] = item.Attempts;
        }
        else
        {
            entity["Subject"] = item.Subject;
        }

        return entity;
    }

    private static TodoItem? Read(TableEntity entity)
    {
        try
        {
            var (due, operationId) = TodoKeys.Parse(entity.RowKey);
            var kinds = Names.Where(name => string.Equals(name.Value, entity.GetString("Kind"), StringComparison.Ordinal)).Select(name => name.Key).ToArray();
            return kinds switch
            {
                [] => null,
                [TodoKind.Repair] => new TodoItem
                {
                    Due = due,
                    OperationId = operationId,
                    Device = DeviceKey.Parse(entity.GetString("Device") ?? ""),
                    Credentials = [.. (entity.GetString("Credentials") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(ToCredential)],
                    Tags = TagKeys.ParseList(entity.GetString("Tags") ?? ""),
                    Listed = entity.GetString("Listed"),
                },
                [TodoKind.Batch] => new TodoItem
                {
                    Kind = TodoKind.Batch,
                    Due = due,
                    OperationId = operationId,
                    Devices = [.. (entity.GetString("Devices") ?? "").Split(';').Select(ToDevice)],
                },
                [TodoKind.Expire] => new TodoItem
                {
                    Kind = TodoKind.Expire,
                    Due = due,
                    OperationId = operationId,
                    Windows = [.. (entity.GetString("Devices") ?? "").Split(';').Select(ToWindow)],
                },
                [TodoKind.Deliver or TodoKind.Presence] => new TodoItem
                {
                    Kind = kinds[0],
                    Due = due,
                    OperationId = operationId,
                    Device = DeviceKey.Parse(entity.GetString("Subject") ?? ""),
                    Attempts = entity.GetInt32("Attempts") ?? 0,
                },
                [var kind, ..] => new TodoItem { Kind = kind, Due = due, OperationId = operationId, Subject = entity.GetString("Subject") ?? "" },
            };
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static BatchDevice ToDevice(string text) => text.Split('|') is [var partition, var listed, var tags]
        ? new(DeviceKey.Parse(partition), listed, TagKeys.ParseList(tags))
        : throw new FormatException("A device of a batch is not of three parts.");

    private static (DeviceKey Device, long Expire) ToWindow(string text) => text.Split('|') is [var partition, var end]
        ? (DeviceKey.Parse(partition), long.Parse(end, CultureInfo.InvariantCulture))
        : throw new FormatException("A window is not of two parts.");

    private static (string Hash, CredentialId Id) ToCredential(string text)
    {
        var separator = text.IndexOf(':', StringComparison.Ordinal);
        return (text[..separator], new CredentialId(text[(separator + 1)..]));
    }
}
