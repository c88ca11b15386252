using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Tables of a test's own with one connector, and the instances that serve it under one clock that stands still unless moved.</summary>
public sealed class Fleet : IAsyncDisposable
{
    private readonly string _connectionString;
    private readonly string _prefix;
    private readonly IReadOnlyDictionary<string, string?>? _settings;
    private readonly Action<IServiceCollection>? _compose;
    private readonly List<Instance> _instances = [];

    private Fleet(string connectionString, string prefix, IReadOnlyDictionary<string, string?>? settings, Action<IServiceCollection>? compose)
    {
        _compose = compose;
        _connectionString = connectionString;
        _prefix = prefix;
        _settings = settings;
        One = Scale();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, 500, TimeSpan.Zero));

    /// <summary>The first instance.</summary>
    public Instance One { get; }

    public ConnectorId Connector { get; private set; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A connector with <c>temp</c> (devices only), <c>led</c> and <c>mode</c> (settable), and <c>name</c> (settable, no sync).</summary>
    public static async Task<Fleet> StartAsync(AzuriteFixture azurite, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? compose = null)
    {
        ArgumentNullException.ThrowIfNull(azurite);
        var fleet = new Fleet(azurite.ConnectionString, Names.TablePrefix(), settings, compose);
        fleet.Connector = (await fleet.One.Get<Setup>().RunAsync(null, Token)).Connector;
        await Definitions.ReplaceAsync(fleet.One.Connectors, fleet.Connector, """
            {"temp":{"format":"string"},"led":{"format":"string","settable":true},"mode":{"format":"string","settable":true},"name":{"format":"string","settable":true,"sync":false}}
            """);
        return fleet;
    }

    /// <summary>One more instance.</summary>
    /// <param name="plain">Whether it has the default settings in place of the fleet's.</param>
    public Instance Scale(bool plain = false)
    {
        var instance = Instance.Create(_connectionString, _prefix, Time, plain ? null : _settings, _compose);
        _instances.Add(instance);
        return instance;
    }

    /// <summary>Changes the connector's settings, on the first instance, by a JSON object.</summary>
    public async Task PatchAsync(string json)
    {
        using var patch = JsonDocument.Parse(json);
        await One.Connectors.PatchAsync(Connector, patch.RootElement, Token).Ok();
    }

    /// <summary>Lets work that was left in the middle fall due and runs the sweeper, on an instance that knows nothing yet.</summary>
    public async Task SweepAsync()
    {
        Time.Advance(TimeSpan.FromMinutes(3));
        await Scale().Sweeper.RunAsync(Token);
    }

    /// <summary>All rows of a table.</summary>
    public async Task<IReadOnlyList<TableEntity>> RowsAsync(string table)
    {
        List<TableEntity> rows = [];
        await foreach (var row in new TableClient(_connectionString, _prefix + table).QueryAsync<TableEntity>(cancellationToken: Token))
        {
            rows.Add(row);
        }

        return rows;
    }

    /// <summary>Names of all blobs of the connector's files.</summary>
    public async Task<IReadOnlyList<string>> BlobsAsync()
    {
        var container = One.Get<Containers>().Content(Connector);
        List<string> names = [];
        if (await container.ExistsAsync(Token))
        {
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: Token))
            {
                names.Add(blob.Name);
            }
        }

        return names;
    }

    public async ValueTask DisposeAsync()
    {
        One.Probe.Reset();
        await One.Get<Containers>().Content(Connector).DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
        foreach (var table in One.Tables.All)
        {
            await table.DeleteAsync(CancellationToken.None);
        }

        foreach (var instance in _instances)
        {
            instance.Dispose();
        }
    }
}
