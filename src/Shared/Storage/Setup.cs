using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Shared.Storage;

/// <summary>Makes what the product needs before its first request: tables, a first connector, a first operator key. Running it again changes nothing.</summary>
public sealed partial class Setup(Tables tables, ConnectorService connectors, OperatorKeys keys, DeviceHosts hosts, ILogger<Setup> logger)
{
    private const string FirstName = "MyConnector";

    /// <summary>Brings storage to the present schema and makes the first connector and an operator key where there is none. Several at once do no harm.</summary>
    /// <param name="known">The key that was handed out earlier; it is kept when storage still knows it.</param>
    /// <param name="cancellationToken">Ends the set-up; what is half made is completed by the next run.</param>
    /// <exception cref="InvalidOperationException">Storage has a newer schema than this program.</exception>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<SetupResult> RunAsync(OperatorCredential? known, CancellationToken cancellationToken)
    {
        await Task.WhenAll(tables.All.Select(table => EnsureAsync(table, cancellationToken)));
        var first = await new SchemaRow(tables.Access).EnsureAsync(cancellationToken);
        var connector = await EnsureConnectorAsync(first, cancellationToken);
        var credential = await keys.EnsureAdminAsync(known, cancellationToken);
        Log.Ready(logger, connector.Value, SchemaRow.Version);
        return new SetupResult(connector, hosts.Fqdn(connector, ""), credential);
    }

    private static async Task EnsureAsync(TableClient table, CancellationToken cancellationToken)
    {
        try
        {
            await table.CreateIfNotExistsAsync(cancellationToken);
        }
        catch (RequestFailedException fault) when (fault.Status == 409)
        {
            // Made by another set-up in this moment.
        }
    }

    private async Task<ConnectorId> EnsureConnectorAsync(ConnectorId first, CancellationToken cancellationToken)
    {
        var oldest = (await connectors.ListAsync(cancellationToken)).Where(summary => !summary.Deleting).MinBy(summary => summary.Created);
        if (oldest is not null)
        {
            return oldest.Id;
        }

        var created = await connectors.CreateAsync(first, FirstName, Samples(), cancellationToken);
        return created.TryGet(out var connector, out var failure) ? connector.Id : throw new InvalidOperationException($"The first connector cannot be made: {failure.Detail}");
    }

    /// <summary>What the first connector's devices have, so that there is something to try: a measurement and a command.</summary>
    private static List<ResourceDefinition> Samples() =>
    [
        new() { Alias = Name("temperature"), Format = ResourceFormat.Number, Unit = "C" },
        new() { Alias = Name("setpoint"), Format = ResourceFormat.Number, Unit = "C", Settable = true },
    ];

    private static Alias Name(string text) => Alias.TryParse(text, out var alias) ? alias : throw new ArgumentException("Not an alias.", nameof(text));

    private static partial class Log
    {
        [LoggerMessage(1300, LogLevel.Debug, "Storage is ready: connector {Connector}, schema {Schema}.")]
        public static partial void Ready(ILogger logger, string connector, int schema);
    }
}
