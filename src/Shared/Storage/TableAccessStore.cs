using Azure;
using Azure.Data.Tables;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Shared.Storage;

/// <summary>Table <c>access</c>: operators' keys.</summary>
public sealed class TableAccessStore(Tables tables)
{
    private const string Name = "Name";
    private const string Role = "Role";
    private const string Connectors = "Connectors";
    private const string Expires = "Expires";
    private const string Created = "Created";
    private const string LastUsed = "LastUsed";
    private const string Hash = "Hash";
    private const string All = "*";

    /// <summary>A key; null when there is none, or it was revoked.</summary>
    internal async Task<OperatorKey?> FindAsync(OperatorKeyId id, CancellationToken cancellationToken)
    {
        var found = await tables.Access.GetEntityIfExistsAsync<TableEntity>(AccessKeys.Key, id.Value, cancellationToken: cancellationToken);
        return found.HasValue ? Read(id, found.Value!) : null;
    }

    /// <summary>All keys.</summary>
    internal async Task<IReadOnlyList<OperatorKey>> ListAsync(CancellationToken cancellationToken)
    {
        List<OperatorKey> keys = [];
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {AccessKeys.Key}");
        await foreach (var row in tables.Access.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (OperatorKeyId.TryParse(row.RowKey, out var id) && Read(id, row) is { } key)
            {
                keys.Add(key);
            }
        }

        return keys;
    }

    /// <summary>Stores a new key; done twice it is the same.</summary>
    internal Task PutAsync(OperatorKey key, CancellationToken cancellationToken) => tables.Access.UpsertEntityAsync(
        new TableEntity(AccessKeys.Key, key.Id.Value)
        {
            [Name] = key.Name,
            [Role] = key.Role.ToString(),
            [Connectors] = key.Connectors is null ? All : string.Join(',', key.Connectors),
            [Expires] = key.Expires,
            [Created] = key.Created,
            [LastUsed] = key.LastUsed,
            [Hash] = key.Hash,
        },
        TableUpdateMode.Replace,
        cancellationToken);

    /// <summary>Removes a key; it need not be there.</summary>
    internal Task RemoveAsync(OperatorKeyId id, CancellationToken cancellationToken) =>
        tables.Access.DeleteEntityAsync(AccessKeys.Key, id.Value, ETag.All, cancellationToken);

    /// <summary>Removes a key, which need not be there, only while another one is.</summary>
    /// <returns>False when the other key is not there; then nothing has changed.</returns>
    internal async Task<bool> RemoveAsync(OperatorKeyId id, OperatorKeyId whileThereIs, CancellationToken cancellationToken)
    {
        var (failed, _) = await tables.Access.SubmitAsync(
            [
                new(TableTransactionActionType.UpdateMerge, new TableEntity(AccessKeys.Key, whileThereIs.Value), ETag.All),
                new(TableTransactionActionType.Delete, new TableEntity(AccessKeys.Key, id.Value), ETag.All),
            ],
            cancellationToken);
        return failed is not 0;
    }

    /// <summary>Notes when a key was used; one that is gone stays gone.</summary>
    internal async Task TouchAsync(OperatorKeyId id, long at, CancellationToken cancellationToken)
    {
        try
        {
            await tables.Access.UpdateEntityAsync(new TableEntity(AccessKeys.Key, id.Value) { [LastUsed] = at }, ETag.All, TableUpdateMode.Merge, cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 404)
        {
            // Revoked in this moment.
        }
    }

    // A row that cannot be read gives nobody access.
    private static OperatorKey? Read(OperatorKeyId id, TableEntity row) =>
        Enum.TryParse<OperatorRole>(row.GetString(Role), out var role) && Enum.IsDefined(role) && row.GetString(Connectors) is { } scope
            ? new OperatorKey
            {
                Id = id,
                Name = row.GetString(Name) ?? "",
                Role = role,
                Connectors = ReadScope(scope),
                Expires = row.GetInt64(Expires) ?? 0,
                Created = row.GetInt64(Created) ?? 0,
                LastUsed = row.GetInt64(LastUsed) ?? 0,
                Hash = row.GetString(Hash) ?? "",
            }
            : null;

    private static HashSet<ConnectorId>? ReadScope(string scope) => string.Equals(scope, All, StringComparison.Ordinal)
        ? null
        : [.. scope.Split(',').Select(text => ConnectorId.TryParse(text, out var id) ? id : default(ConnectorId?)).OfType<ConnectorId>()];
}
