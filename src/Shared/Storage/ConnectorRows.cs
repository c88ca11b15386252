using System.Text.Json;
using Azure.Data.Tables;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;
using Murano.Shared.State;

namespace Murano.Shared.Storage;

/// <summary>Rows of table <c>connectors</c> as entities: definitions are JSON in one text property, which a person can read in any storage browser.</summary>
internal static class ConnectorRows
{
    private const string Definition = "Definition";
    private const string Deleting = "Deleting";
    private const string DeletingSince = "DeletingSince";
    private const string Created = "Created";
    private const string Version = "Version";
    private const string Operation = "OperationId";
    private const string Name = "Name";
    private const string Until = "Until";

    /// <summary>The columns that a summary needs.</summary>
    public static IReadOnlyList<string> SummaryColumns { get; } = ["PartitionKey", Name, Created, Deleting];

    /// <summary>The settings row.</summary>
    public static TableEntity Settings(ConnectorRecord record) => new(record.Connector.Id.Value, ConnectorKeys.Settings)
    {
        [Name] = record.Connector.Settings.Name,
        [Definition] = ConnectorJson.Settings(record.Connector.Settings),
        [Deleting] = record.Connector.Settings.Deleting,
        [DeletingSince] = record.DeletingSince,
        [Created] = record.Created,
        [Version] = record.Version,
        [Operation] = record.OperationId,
    };

    /// <summary>A resource's row.</summary>
    public static TableEntity Resource(ConnectorId connector, ResourceDefinition definition) => new(connector.Value, ConnectorKeys.Resource(definition.Alias))
    {
        [Definition] = TextOf(definition),
    };

    /// <summary>A watch's row.</summary>
    public static TableEntity Watch(ConnectorId connector, IdentityId? identity, long until) => new(connector.Value, ConnectorKeys.Watch(identity)) { [Until] = until };

    /// <summary>A definition as it is stored.</summary>
    public static string TextOf(ResourceDefinition definition) => JsonText.Of(json => ResourceJson.Write(json, definition));

    /// <summary>A connector from its rows; null when the settings row is not among them.</summary>
    /// <exception cref="FormatException">A row cannot be read.</exception>
    public static ConnectorRecord? Read(ConnectorId id, IEnumerable<TableEntity> rows)
    {
        TableEntity? settings = null;
        Dictionary<Alias, ResourceDefinition> resources = [];
        List<LogWatch> watches = [];
        foreach (var row in rows)
        {
            if (string.Equals(row.RowKey, ConnectorKeys.Settings, StringComparison.Ordinal))
            {
                settings = row;
            }
            else if (ConnectorKeys.TryParseResource(row.RowKey, out var alias))
            {
                resources[alias] = ReadResource(alias, row);
            }
            else if (ConnectorKeys.TryParseWatch(row.RowKey, out var watched))
            {
                watches.Add(new(watched, row.GetInt64(Until) ?? 0, row.ETag.ToString()));
            }
        }

        return settings is null ? null : new ConnectorRecord
        {
            Connector = new(id, ConnectorJson.ReadSettings(settings.GetString(Definition)) with { Deleting = settings.GetBoolean(Deleting) ?? false }, resources) { Watch = LogWatches.Of(watches) },
            Created = settings.GetInt64(Created) ?? 0,
            DeletingSince = settings.GetInt64(DeletingSince) ?? 0,
            Version = settings.GetInt64(Version) ?? 0,
            OperationId = settings.GetString(Operation) ?? "",
            ETag = settings.ETag.ToString(),
        };
    }

    /// <summary>A summary from a settings row; null when its partition is named like no connector.</summary>
    public static ConnectorSummary? ReadSummary(TableEntity row) => ConnectorId.TryParse(row.PartitionKey, out var id)
        ? new(id, row.GetString(Name) ?? "", row.GetInt64(Created) ?? 0, row.GetBoolean(Deleting) ?? false)
        : null;

    private static ResourceDefinition ReadResource(Alias alias, TableEntity row)
    {
        using var document = JsonDocument.Parse(row.GetString(Definition));
        return ResourceJson.Read(alias, document.RootElement, alias.Value).TryGet(out var definition, out var failure)
            ? definition
            : throw new FormatException($"A stored resource cannot be read: {failure.Detail}");
    }
}
