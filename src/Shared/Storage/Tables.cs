using Azure.Data.Tables;
using Microsoft.Extensions.Options;

namespace Murano.Shared.Storage;

/// <summary>The tables of the storage model, by the names that docs/storage-schema.md gives them.</summary>
internal sealed class Tables(TableServiceClient service, IOptions<StorageOptions> options)
{
    private readonly string _prefix = options.Value.TablePrefix;

    /// <summary>Settings, resources, tag names and watchers of each connector.</summary>
    public TableClient Connectors => field ??= Named("connectors");

    /// <summary>One partition for each device: header, fence, state, tags.</summary>
    public TableClient Devices => field ??= Named("devices");

    /// <summary>From a token's hash to its device; a hint that the fence confirms.</summary>
    public TableClient Credentials => field ??= Named("credentials");

    /// <summary>The list of devices; derived from the headers.</summary>
    public TableClient Directory => field ??= Named("directory");

    /// <summary>Devices by tag; derived.</summary>
    public TableClient TagIndex => field ??= Named("tagindex");

    /// <summary>Devices by the hour they were last seen; derived.</summary>
    public TableClient Recency => field ??= Named("recency");

    /// <summary>Work that must be finished.</summary>
    public TableClient Todo => field ??= Named("todo");

    /// <summary>Operators' keys, sessions and audit; the schema version.</summary>
    public TableClient Access => field ??= Named("access");

    /// <summary>All of them, for set-up.</summary>
    public IReadOnlyList<TableClient> All => [Connectors, Devices, Credentials, Directory, TagIndex, Recency, Todo, Access];

    private TableClient Named(string name) => service.GetTableClient(_prefix + name);
}
