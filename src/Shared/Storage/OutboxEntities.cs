using System.IO.Compression;
using Azure;
using Azure.Data.Tables;
using Murano.Shared.Events;

namespace Murano.Shared.Storage;

/// <summary>Rows of a device's outbox as the SDK's entities, and back.</summary>
internal static class OutboxEntities
{
    /// <summary>Bytes of an event as it is stored, compressed: a row holds 1 MiB, and a transaction has the values too.</summary>
    public const int MaxStoredBytes = 900 * 1024;

    private const int PropertyBytes = 64 * 1024;
    private const int PackFrom = 8 * 1024;

    /// <summary>The head as an action of a transaction.</summary>
    public static TableTransactionAction From(EventsHead head)
    {
        var entity = new TableEntity(head.Key.Partition, DeviceRows.Events(head.Key))
        {
            ["Sequence"] = head.Sequence,
            ["Delivered"] = head.Delivered,
            ["Tags"] = head.Tags,
            ["Connection"] = head.Connection,
            ["ClaimedUntil"] = head.ClaimedUntil,
            ["ClaimedBy"] = head.ClaimedBy,
            ["OperationId"] = head.OperationId,
            ["ExpiryTold"] = head.ExpiryTold,
            ["GuardedUntil"] = head.GuardedUntil,
        };
        return head.ETag is null
            ? new TableTransactionAction(TableTransactionActionType.Add, entity)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, new ETag(head.ETag));
    }

    /// <summary>A head from its entity.</summary>
    public static EventsHead ToHead(DeviceKey key, TableEntity entity) => new()
    {
        Key = key,
        ETag = entity.ETag.ToString(),
        Sequence = entity.GetInt64("Sequence") ?? 0,
        Delivered = entity.GetInt64("Delivered") ?? 0,
        Tags = entity.GetString("Tags"),
        Connection = entity.GetString("Connection") ?? "",
        ClaimedUntil = entity.GetInt64("ClaimedUntil") ?? 0,
        ClaimedBy = entity.GetString("ClaimedBy") ?? "",
        OperationId = entity.GetString("OperationId") ?? "",
        ExpiryTold = entity.GetInt64("ExpiryTold") ?? 0,
        GuardedUntil = entity.GetInt64("GuardedUntil") ?? 0,
    };

    /// <summary>The actions that store head and events.</summary>
    public static IEnumerable<TableTransactionAction> From(OutboxWrite outbox) =>
        [From(outbox.Head), .. outbox.Events.Select(happened => new TableTransactionAction(TableTransactionActionType.Add, From(happened)))];

    /// <summary>An event from its entity.</summary>
    public static OutboxEvent ToEvent(DeviceKey key, TableEntity entity)
    {
        using var bytes = new MemoryStream();
        for (var i = 0; entity.GetBinary(DataName(i)) is { } part; i++)
        {
            bytes.Write(part);
        }

        var data = bytes.ToArray();
        return new OutboxEvent(
            key,
            DeviceRows.ParseOutbox(entity.RowKey),
            EventTypeNames.Read(entity.GetString("Type") ?? "") ?? throw new FormatException("A row of the outbox is of no type."),
            entity.GetInt64("Time") ?? 0,
            entity.GetBoolean("Packed") ?? false ? Unpack(data) : data);
    }

    /// <summary>Whether an event fits into a row.</summary>
    public static bool Fits(ReadOnlyMemory<byte> data) => data.Length <= MaxStoredBytes || PackSmall(data).Length <= MaxStoredBytes;

    private static TableEntity From(OutboxEvent happened)
    {
        var packed = happened.Data.Length >= PackFrom;
        var data = packed ? PackSmall(happened.Data) : happened.Data.ToArray();
        var entity = new TableEntity(happened.Device.Partition, DeviceRows.Outbox(happened.Sequence))
        {
            ["Type"] = EventTypeNames.Of(happened.Type),
            ["Time"] = happened.Time,
            ["Packed"] = packed,
        };
        for (var i = 0; i * PropertyBytes < data.Length; i++)
        {
            entity[DataName(i)] = data[(i * PropertyBytes)..Math.Min(data.Length, (i + 1) * PropertyBytes)];
        }

        return entity;
    }

    private static string DataName(int part) => part == 0 ? "Data" : FormattableString.Invariant($"Data{part}");

    // The fast way doubles what is escaped throughout, such as control characters; such events are rare.
    private static byte[] PackSmall(ReadOnlyMemory<byte> data) =>
        Pack(data, CompressionLevel.Fastest) is var fast && fast.Length <= MaxStoredBytes ? fast : Pack(data, CompressionLevel.Optimal);

    private static byte[] Pack(ReadOnlyMemory<byte> data, CompressionLevel level)
    {
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, level, leaveOpen: true))
        {
            deflate.Write(data.Span);
        }

        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var deflate = new DeflateStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var data = new MemoryStream();
        deflate.CopyTo(data);
        return data.ToArray();
    }
}
