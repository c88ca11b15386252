using Azure.Data.Tables;
using Microsoft.Extensions.Options;

namespace Murano.Shared.Storage;

/// <summary>The tables of the storage model, by the names that docs/storage-schema.md gives them.</summary>
public sealed class Tables(TableServiceClient service, IOptions<StorageOptions> options)
{
    private readonly string _prefix = options.Value.TablePrefix;

    /// <summary>Settings, resources, tag names and watchers of each connector.</summary>
    internal TableClient Connectors => field ??= Named("connectors");

    /// <summary>One partition for each device: header, fence, state, tags.</summary>
    internal TableClient Devices => field ??= Named("devices");

    /// <summary>From a token's hash to its device; a hint that the fence confirms.</summary>
    internal TableClient Credentials => field ??= Named("credentials");

    /// <summary>The list of devices; derived from the headers.</summary>
    internal TableClient Directory => field ??= Named("directory");

    /// <summary>Devices by tag; derived.</summary>
    internal TableClient TagIndex => field ??= Named("tagindex");

    /// <summary>Devices by the hour they were last seen; derived.</summary>
    internal TableClient Recency => field ??= Named("recency");

    /// <summary>Work that must be finished.</summary>
    internal TableClient Todo => field ??= Named("todo");

    /// <summary>Operators' keys, sessions and audit; the schema version.</summary>
    internal TableClient Access => field ??= Named("access");

    /// <summary>All of them, for set-up.</summary>
    internal IReadOnlyList<TableClient> All => [Connectors, Devices, Credentials, Directory, TagIndex, Recency, Todo, Access];

    private TableClient Named(string name) => service.GetTableClient(_prefix + name);
}
