using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Events;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Shared.Connectors;

/// <summary>Reads and changes connectors.</summary>
public sealed partial class ConnectorService(
    TableConnectorStore store, IOptions<DeviceOptions> options, IOptions<EventOptions> events, TimeProvider time, ILogger<ConnectorService> logger) : IDisposable
{
    // Host headers and old activations name connectors that need not exist; what is remembered of them is bounded.
    private const int Remembered = 10_000;
    private const string Only = "only";

    private readonly FlightCache<ConnectorId, Connector> _connectors = new(Remembered, options.Value.SettingsCache, time);
    private readonly FlightCache<string, object> _only = new(Remembered, options.Value.SettingsCache, time);

    /// <summary>The connector, at most the settings cache's time old (10 s); null when there is none, or it is being deleted.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<Connector?> FindAsync(ConnectorId id, CancellationToken cancellationToken) => _connectors.GetAsync(id, LoadAsync, cancellationToken);

    /// <summary>The only connector; null when there are none or several. Cached likewise.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Connector?> FindOnlyAsync(CancellationToken cancellationToken) =>
        await _only.GetAsync(Only, LoadOnlyAsync, cancellationToken) is ConnectorId id ? await FindAsync(id, cancellationToken) : null;

    /// <summary>The connector as it is now, for operators: what one instance changed, another must not show as it was. The cache takes it over.</summary>
    /// <returns>The connector; NotFound.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<Connector>> GetAsync(ConnectorId id, CancellationToken cancellationToken) =>
        await _connectors.RefreshAsync(id, LoadAsync, cancellationToken) is { } connector ? connector : ConnectorFailures.Unknown;

    /// <summary>All connectors, in order of their ids, from storage.</summary>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<IReadOnlyList<ConnectorSummary>> ListAsync(CancellationToken cancellationToken) => store.ListAsync(cancellationToken);

    /// <summary>Makes a connector with Murano's default settings.</summary>
    /// <param name="name">2 to 63 letters and digits, not beginning with a digit (specification b.2).</param>
    /// <param name="resources">What its devices have from the start.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The connector; Rejected for the name.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; there may be a connector now that nobody knows of.</exception>
    public Task<Outcome<Connector>> CreateAsync(string name, IReadOnlyList<ResourceDefinition> resources, CancellationToken cancellationToken) =>
        CreateAsync(ConnectorId.New(), name, resources, cancellationToken);

    /// <summary>Changes settings and resources (specification b.3): sections merge, the map of resources is replaced as a whole.</summary>
    /// <param name="id">Which.</param>
    /// <param name="patch">The fields to change.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>The connector after the change; NotFound; Rejected for a known field with a bad value, and then nothing is changed; TooLarge; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; the same change may be asked for again.</exception>
    public Task<Outcome<Connector>> PatchAsync(ConnectorId id, JsonElement patch, CancellationToken cancellationToken)
    {
        var terms = new EventTerms(events.Value.AllowPrivateAddresses, OperationId.New());
        return ChangeAsync(id, connector => ConnectorPatchRules.Apply(connector, patch, terms), cancellationToken);
    }

    /// <summary>Gives the webhook of the connector another secret.</summary>
    /// <returns>The connector after the change; NotFound; Conflict when it has no webhook; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had; there may be another secret now that nobody knows.</exception>
    public Task<Outcome<Connector>> RenewEventKeyAsync(ConnectorId id, CancellationToken cancellationToken)
    {
        var key = OperationId.New();
        return ChangeAsync(id, connector => EventSettingsRules.Renew(connector, key), cancellationToken);
    }

    /// <summary>Adds a resource (specification c.1).</summary>
    /// <returns>The connector after the change; NotFound for the connector; Conflict when the alias is defined; Rejected for the definition, or one too many; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<Outcome<Connector>> AddResourceAsync(ConnectorId id, Alias alias, JsonElement definition, CancellationToken cancellationToken) =>
        ChangeAsync(id, connector => ResourceChangeRules.Add(connector, alias, definition), cancellationToken);

    /// <summary>Replaces the definition of a resource (specification c.1).</summary>
    /// <returns>The connector after the change; NotFound; Rejected for the definition; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<Outcome<Connector>> UpdateResourceAsync(ConnectorId id, Alias alias, JsonElement definition, CancellationToken cancellationToken) =>
        ChangeAsync(id, connector => ResourceChangeRules.Update(connector, alias, definition), cancellationToken);

    /// <summary>Removes a resource (specification c.1). Values that devices have of it are no longer shown.</summary>
    /// <returns>The connector after the change; NotFound; Busy.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public Task<Outcome<Connector>> RemoveResourceAsync(ConnectorId id, Alias alias, CancellationToken cancellationToken) =>
        ChangeAsync(id, connector => ResourceChangeRules.Remove(connector, alias), cancellationToken);

    /// <summary>The connector as this instance read it last, if that was later than the one given; asks nobody.</summary>
    internal Connector Newest(Connector connector) => _connectors.TryPeek(connector.Id, out var newest, out _) && newest is not null ? newest : connector;

    /// <summary>Whether <see cref="FindAsync"/> would answer without asking storage.</summary>
    internal bool IsCached(ConnectorId id) => _connectors.TryPeek(id, out _, out var isYoung) && isYoung;

    /// <summary>Something that is read with the connector has changed on this instance.</summary>
    internal void Reload(ConnectorId id) => _connectors.Drop(id);

    /// <inheritdoc/>
    public void Dispose()
    {
        _connectors.Dispose();
        _only.Dispose();
    }

    /// <summary>Marks a connector as deleting: from now on it is gone for operators, and for devices once the caches of settings have ended.</summary>
    /// <returns>The connector; NotFound when there is none, or another deletion marked it; Busy.</returns>
    internal async Task<Outcome<Connector>> MarkDeletingAsync(ConnectorId id, string operationId, CancellationToken cancellationToken)
    {
        try
        {
            return await Contention.SettleAsync<Connector>(AttemptAsync, cancellationToken);
        }
        finally
        {
            Forget(id);
        }

        async Task<Outcome<Connector>?> AttemptAsync()
        {
            var record = await store.FindAsync(id, cancellationToken);
            if (record is null or { Connector.Settings.Deleting: true })
            {
                // An earlier try may have been committed, and only its reply lost.
                return string.Equals(record?.OperationId, operationId, StringComparison.Ordinal) ? record!.Connector : ConnectorFailures.Unknown;
            }

            var connector = record.Connector with { Settings = record.Connector.Settings with { Deleting = true } };
            var marked = record with { Connector = connector, OperationId = operationId, DeletingSince = time.GetUnixMicros() };
            if (!await store.ChangeAsync(record, marked, cancellationToken))
            {
                return null;
            }

            return connector;
        }
    }

    /// <summary>As the public one, under an id that the caller chose; a connector that is there already is left as it is and returned.</summary>
    internal async Task<Outcome<Connector>> CreateAsync(ConnectorId id, string name, IReadOnlyList<ResourceDefinition> resources, CancellationToken cancellationToken)
    {
        if (name is null || !ProductName().IsMatch(name))
        {
            return new Failure.Rejected("bad-name", "name", "A name has 2 to 63 letters and digits and does not begin with a digit.");
        }

        var empty = new Connector(id, new ConnectorSettings { Name = name }, new Dictionary<Alias, ResourceDefinition>());
        var before = new ConnectorRecord { Connector = empty };
        var after = new ConnectorRecord
        {
            Connector = empty with { Resources = resources.ToDictionary(definition => definition.Alias) },
            Created = time.GetUnixMicros(),
            OperationId = OperationId.New(),
        };
        try
        {
            if (await store.ChangeAsync(before, after, cancellationToken))
            {
                Log.Created(logger, id.Value, name);
            }
        }
        finally
        {
            Forget(id);
        }

        return await GetAsync(id, cancellationToken);
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9]{1,62}\\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ProductName();

    private async Task<Outcome<Connector>> ChangeAsync(ConnectorId id, Func<Connector, Outcome<Connector>> change, CancellationToken cancellationToken)
    {
        var operationId = OperationId.New();
        long? mine = null;
        try
        {
            return await Contention.SettleAsync<Connector>(AttemptAsync, cancellationToken);
        }
        finally
        {
            // Before any reply, also one that cannot say whether the change is stored.
            Forget(id);
        }

        async Task<Outcome<Connector>?> AttemptAsync()
        {
            var record = await store.FindAsync(id, cancellationToken);
            if (record is null or { Connector.Settings.Deleting: true })
            {
                return ConnectorFailures.Unknown;
            }

            // An earlier try was committed whole, and only its reply was lost.
            if (record.Version == mine && string.Equals(record.OperationId, operationId, StringComparison.Ordinal))
            {
                return record.Connector;
            }

            if (!change(record.Connector).TryGet(out var connector, out var failure))
            {
                return failure;
            }

            mine = TableConnectorStore.VersionAfter(record, connector);
            if (!await store.ChangeAsync(record, record with { Connector = connector, OperationId = operationId }, cancellationToken))
            {
                return null;
            }

            Log.Changed(logger, id.Value, connector.Resources.Count);
            return connector;
        }
    }

    private void Forget(ConnectorId id)
    {
        _connectors.Drop(id);
        _only.Drop(Only);
    }

    private async Task<Connector?> LoadAsync(ConnectorId id) =>
        await store.FindAsync(id, CancellationToken.None) is { Connector: { Settings.Deleting: false } connector } ? connector : null;

    private async Task<object?> LoadOnlyAsync(string key) =>
        (await store.ListAsync(CancellationToken.None)).Where(summary => !summary.Deleting).Take(2).ToArray() is [var only] ? only.Id : null;

    private static partial class Log
    {
        [LoggerMessage(1200, LogLevel.Information, "Connector {Connector} was made: {Name}.")]
        public static partial void Created(ILogger logger, string connector, string name);

        [LoggerMessage(1201, LogLevel.Information, "Connector {Connector} was changed; it has {Resources} resources.")]
        public static partial void Changed(ILogger logger, string connector, int resources);
    }
}
