using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Shared.Storage;

/// <summary>Makes what the product needs before its first request: tables, a first connector, a first operator key. Running it again changes nothing.</summary>
/// <remarks>LocalHost runs it before it listens. In Azure, where a start must not wait for the network, each process sees to it with its first request.</remarks>
public sealed partial class Setup(Tables tables, ConnectorService connectors, OperatorKeys keys, DeviceHosts hosts, ILogger<Setup> logger)
{
    private const string FirstName = "MyConnector";

    // Whoever waits has a deadline of their own; the set-up goes on for those who come after.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly SchemaRow _schema = new(tables.Access);

    private Task? _running;
    private volatile bool _done;

    /// <summary>Brings storage to the present schema and makes the first connector and an operator key where there is none. Several at once do no harm.</summary>
    /// <param name="known">The key that was handed out earlier; it is kept when storage still knows it.</param>
    /// <param name="cancellationToken">Ends the set-up; what is half made is completed by the next run.</param>
    /// <exception cref="InvalidOperationException">Storage has a newer schema than this program.</exception>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<SetupResult> RunAsync(OperatorCredential? known, CancellationToken cancellationToken)
    {
        var connector = await PrepareAsync(cancellationToken);
        var credential = await keys.EnsureAdminAsync(known, cancellationToken);
        await _schema.CompleteAsync(cancellationToken);
        _done = true;
        return new SetupResult(connector, hosts.Fqdn(connector, ""), credential);
    }

    /// <summary>
    /// Sees to it that storage has been set up: costs one point read once for each process, and the set-up itself where that finds none. The first operator key is the one
    /// of <see cref="AccessOptions.FirstKeyHash"/>; without it there is none until the setting comes, and each process tries again.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait; the set-up goes on.</param>
    /// <exception cref="StorageUnavailableException">Storage is not to be had, or not to be used by this program.</exception>
    public ValueTask EnsureAsync(CancellationToken cancellationToken) => _done ? ValueTask.CompletedTask : new ValueTask(Running().WaitAsync(cancellationToken));

    // One for all who wait; one that failed is not kept.
    private Task Running()
    {
        lock (_gate)
        {
            return _running is null or { IsCompleted: true } ? _running = Task.Run(CompleteAsync) : _running;
        }
    }

    private async Task CompleteAsync()
    {
        using var deadline = new CancellationTokenSource(Longest);
        try
        {
            if (!await _schema.IsCompleteAsync(deadline.Token))
            {
                await PrepareAsync(deadline.Token);
                if (await keys.EnsureFirstAsync(deadline.Token))
                {
                    await _schema.CompleteAsync(deadline.Token);
                }
                else
                {
                    Log.NoKey(logger);
                }
            }

            _done = true;
        }
        catch (InvalidOperationException fault)
        {
            Log.Unusable(logger, fault);
            throw new StorageUnavailableException(fault.Message, fault);
        }
        catch (OperationCanceledException fault)
        {
            throw new StorageUnavailableException("Storage took too long to be set up.", fault);
        }
    }

    private async Task<ConnectorId> PrepareAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(tables.All.Select(table => EnsureAsync(table, cancellationToken)));
        var first = await _schema.EnsureAsync(cancellationToken);
        var connector = await EnsureConnectorAsync(first, cancellationToken);
        Log.Ready(logger, connector.Value, SchemaRow.Version);
        return connector;
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

        [LoggerMessage(1301, LogLevel.Warning, "There is no operator key yet: set Access__FirstKeyHash to the hash of a secret that you make up, and restart the app.")]
        public static partial void NoKey(ILogger logger);

        [LoggerMessage(1302, LogLevel.Error, "Storage cannot be used by this program.")]
        public static partial void Unusable(ILogger logger, Exception fault);
    }
}
