using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.State;

namespace Murano.Shared.Storage;

/// <summary>Rows of a device's partition as the SDK's entities, and back.</summary>
internal static class DeviceEntities
{
    /// <summary>Property of a fence: see <see cref="DeviceRecord.PollUntil"/>.</summary>
    public const string PollUntil = "PollUntil";

    /// <summary>The header as an entity.</summary>
    public static TableEntity From(DeviceHeader header) => new(header.Key.Partition, DeviceRows.Header(header.Key))
    {
        ["Status"] = header.Status.ToString(),
        ["Locked"] = header.Locked,
        ["Expire"] = header.Expire,
        ["Created"] = header.Created,
        ["OperationId"] = header.OperationId,
        ["Version"] = header.Version,
        ["PollStamp"] = header.PollStamp,
        ["AuthType"] = header.AuthType.ToString(),
        ["Reprovision"] = header.Reprovision,
        ["DevMode"] = header.DevMode,
        ["Credential"] = header.Credential?.Value ?? "",
        ["CredentialHash"] = header.CredentialHash,
        ["LastSeen"] = header.LastSeen.At,
        ["LastAddress"] = header.LastSeen.Address,
        ["LastProtocol"] = header.LastSeen.Protocol,
        ["Tags"] = header.TagText,
    };

    /// <summary>A header from its entity.</summary>
    public static DeviceHeader ToHeader(DeviceKey key, TableEntity entity) => new()
    {
        Key = key,
        ETag = entity.ETag.ToString(),
        Status = Enum.Parse<DeviceStatus>(entity.GetString("Status")),
        Locked = entity.GetBoolean("Locked") ?? false,
        Expire = entity.GetInt64("Expire") ?? 0,
        Created = entity.GetInt64("Created") ?? 0,
        OperationId = entity.GetString("OperationId") ?? "",
        Version = entity.GetInt64("Version") ?? 0,
        PollStamp = entity.GetInt64("PollStamp") ?? 0,
        AuthType = Enum.Parse<AuthType>(entity.GetString("AuthType")),
        Reprovision = entity.GetBoolean("Reprovision") ?? false,
        DevMode = entity.GetBoolean("DevMode") ?? false,
        Credential = entity.GetString("Credential") is { Length: > 0 } credential ? new CredentialId(credential) : null,
        CredentialHash = entity.GetString("CredentialHash") ?? "",
        LastSeen = ToLastSeen(entity),
        TagText = entity.GetString("Tags"),
    };

    /// <summary>Header and fence among the rows of a device; null without the header.</summary>
    public static DeviceRecord? ToRecord(DeviceKey key, List<TableEntity> entities)
    {
        var header = entities.Find(entity => DeviceRows.IsHeader(entity.RowKey));
        var fence = entities.Find(entity => DeviceRows.IsFence(entity.RowKey));
        return header is null
            ? null
            : new DeviceRecord(
                ToHeader(key, header),
                fence is null ? null : DeviceRows.ParseFence(fence.RowKey),
                fence is null ? LastSeen.Never : ToLastSeen(fence),
                fence?.GetInt64(PollUntil) ?? 0);
    }

    /// <summary>The fence as an entity; a <paramref name="pollUntil"/> of 0 leaves a merged one's as it is.</summary>
    public static TableEntity From(DeviceKey key, CredentialId credential, LastSeen seen, long pollUntil = 0)
    {
        var entity = new TableEntity(key.Partition, DeviceRows.Fence(credential))
        {
            ["LastSeen"] = seen.At,
            ["LastAddress"] = seen.Address,
            ["LastProtocol"] = seen.Protocol,
        };
        if (pollUntil > 0)
        {
            entity[PollUntil] = pollUntil;
        }

        return entity;
    }

    /// <summary>Last seen from a header's or fence's entity.</summary>
    public static LastSeen ToLastSeen(TableEntity entity) => entity.GetInt64("LastSeen") is > 0 and var at
        ? new LastSeen(at, entity.GetString("LastAddress") ?? "", entity.GetString("LastProtocol") ?? "")
        : LastSeen.Never;

    /// <summary>A write of values as an action of a transaction.</summary>
    public static TableTransactionAction From(DeviceKey key, StateWrite write)
    {
        var row = write.Row;
        var entity = new TableEntity(key.Partition, DeviceRows.State(row.Alias));
        if (row.Reported is not null && write.Mode != StateWriteMode.SetOnly)
        {
            entity["Reported"] = ToArray(row.Reported.Text);
            entity["ReportedKind"] = row.Reported.Kind.ToString();
            entity["ReportedAt"] = row.ReportedAt;
        }

        if (row.Pending is not null && write.Mode != StateWriteMode.ReportOnly)
        {
            entity["Pending"] = ToArray(row.Pending.Text);
            entity["PendingKind"] = row.Pending.Kind.ToString();
            entity["PendingAt"] = row.PendingAt;
            entity["Replaced"] = ToBytes(row.Replaced);
        }

        if (row.Stamp != 0 && write.Mode != StateWriteMode.ReportOnly)
        {
            entity["Stamp"] = row.Stamp;
        }

        return write.Mode switch
        {
            StateWriteMode.Blind => new TableTransactionAction(TableTransactionActionType.UpsertMerge, entity),
            StateWriteMode.Overwrite => new TableTransactionAction(TableTransactionActionType.UpsertReplace, entity),
            StateWriteMode.Create => new TableTransactionAction(TableTransactionActionType.Add, entity),
            StateWriteMode.Replace => new TableTransactionAction(TableTransactionActionType.UpdateReplace, entity, new ETag(row.ETag!)),
            StateWriteMode.ReportOnly or StateWriteMode.SetOnly => new TableTransactionAction(TableTransactionActionType.UpdateMerge, entity, new ETag(row.ETag!)),
            _ => throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No action for {write.Mode}.")),
        };
    }

    /// <summary>A row of values from its entity.</summary>
    public static StateRow ToState(TableEntity entity) => new()
    {
        Alias = DeviceRows.ParseState(entity.RowKey),
        ETag = entity.ETag.ToString(),
        Reported = ToValue(entity, "Reported", "ReportedKind"),
        ReportedAt = entity.GetInt64("ReportedAt") ?? 0,
        Pending = ToValue(entity, "Pending", "PendingKind"),
        PendingAt = entity.GetInt64("PendingAt") ?? 0,
        Replaced = ToHashes(entity.GetBinary("Replaced") ?? []),
        Stamp = entity.GetInt64("Stamp") ?? 0,
    };

    private static StateValue? ToValue(TableEntity entity, string text, string kind) =>
        entity.GetBinary(text) is { } bytes ? new StateValue(bytes, Enum.Parse<ValueKind>(entity.GetString(kind))) : null;

    private static byte[] ToArray(ReadOnlyMemory<byte> bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length
            ? segment.Array
            : bytes.ToArray();

    private static byte[] ToBytes(IReadOnlyList<ValueHash> hashes)
    {
        var bytes = new byte[hashes.Count * ValueHash.Size];
        for (var i = 0; i < hashes.Count; i++)
        {
            hashes[i].Write(bytes.AsSpan(i * ValueHash.Size));
        }

        return bytes;
    }

    private static ValueHash[] ToHashes(byte[] bytes)
    {
        var hashes = new ValueHash[bytes.Length / ValueHash.Size];
        for (var i = 0; i < hashes.Length; i++)
        {
            hashes[i] = ValueHash.Read(bytes.AsSpan(i * ValueHash.Size));
        }

        return hashes;
    }
}
