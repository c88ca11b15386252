using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Content;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.Jobs;
using Murano.Shared.State;
using Murano.Shared.Storage;
using Murano.Shared.Tags;
using Murano.Unit.Tests.Tags;

namespace Murano.Unit.Tests.Documents;

/// <summary>Every kind of row that the stores write, with every property it can have, as the stores themselves send it.</summary>
internal sealed class StoredRows : IDisposable
{
    private static readonly StorageOptions Options = new();

    private readonly RecordingHandler _handler = new(Options.TablePrefix);
    private readonly HttpClient _client;

    /// <summary>Names of the tables, without a network behind them.</summary>
    public StoredRows()
    {
        _client = new HttpClient(_handler);
        var options = new TableClientOptions { Transport = new HttpClientTransport(_client) };
        options.Retry.MaxRetries = 0;
        Tables = new Tables(new TableServiceClient(new Uri("http://storage.invalid"), new TableSharedKeyCredential("account", Convert.ToBase64String(new byte[32])), options), Microsoft.Extensions.Options.Options.Create(Options));
    }

    /// <summary>The tables.</summary>
    public Tables Tables { get; }

    /// <summary>Names of the tables without their prefix.</summary>
    public IEnumerable<string> TableNames => Tables.All.Select(table => table.Name[Options.TablePrefix.Length..]);

    /// <summary>The stores that <see cref="WriteAllAsync"/> knows.</summary>
    public static IReadOnlyList<Type> Stores { get; } = [typeof(BlobContentStore), typeof(BlobDeadLetterStore), typeof(TableAccessStore), typeof(TableAuditStore), typeof(TableConnectorStore), typeof(TableCredentialStore), typeof(TableDeviceStore), typeof(TableDirectoryStore), typeof(TableJobStore), typeof(TableOutboxStore), typeof(TableRecencyStore), typeof(TableSessionStore), typeof(TableSigningKeyStore), typeof(TableTagStore), typeof(TableTodoStore), typeof(TableWatchStore)];

    /// <summary>Has each store write a full sample.</summary>
    public async Task<IReadOnlyList<StoredRow>> WriteAllAsync()
    {
        Assert.True(ConnectorId.TryParse("sample", out var connector));
        Assert.True(IdentityId.TryParse("device 1", out var identity));
        Assert.True(Alias.TryParse("level", out var alias));
        var key = new DeviceKey(connector, identity);
        var tag = TagNameTests.New("name", "value");
        var credential = CredentialId.New();
        var seen = new LastSeen(1, "192.0.2.1", "https");
        var header = new DeviceHeader { Key = key, Status = DeviceStatus.Provisioned, Credential = credential, CredentialHash = "hash", LastSeen = seen };
        var value = new StateValue("1"u8.ToArray(), ValueKind.Number);
        var row = new StateRow { Alias = alias, Reported = value, ReportedAt = 1, Pending = value, PendingAt = 1, Replaced = [ValueHash.Of("0"u8)], Stamp = 1 };
        var devices = new TableDeviceStore(Tables);

        var resource = new ResourceDefinition { Alias = alias };
        var empty = new Connector(connector, new ConnectorSettings(), new Dictionary<Alias, ResourceDefinition>());
        var full = empty with { Resources = new Dictionary<Alias, ResourceDefinition> { [alias] = resource } };
        Assert.True(OperatorKeyId.TryParse("sample123456", out var operatorKey));

        await RecordAsync(token => new TableConnectorStore(Tables).ChangeAsync(new ConnectorRecord { Connector = empty }, new ConnectorRecord { Connector = full }, token));
        await RecordAsync(token => new TableJobStore(Tables, MakeContainers()).AddAsync(connector, new Job { Id = OperationId.New(), Kind = JobKind.Lock, By = "name", Created = 1, Total = 1, Due = DateTimeOffset.UnixEpoch }, token));
        await RecordAsync(token => new TableWatchStore(Tables).PutAsync(connector, identity, 1, token));
        await RecordAsync(token => new TableAccessStore(Tables).PutAsync(new OperatorKey { Id = operatorKey, Name = "name", Role = OperatorRole.Viewer }, token));
        await RecordAsync(token => new TableAccessStore(Tables).TouchAsync(operatorKey, 1, token));
        await RecordAsync(token => new TableSessionStore(Tables).PutAsync(SessionToken.New(operatorKey, 1), 1, token));
        await RecordAsync(token => new TableSigningKeyStore(Tables).AddAsync(token));
        await RecordAsync(token => new TableAuditStore(Tables).AddAsync(DateOnly.MinValue, new AuditEntry { At = 1, Key = "k", Name = "n", Action = "a", Method = "m", Target = "t" }, token));
        await RecordAsync(token => new SchemaRow(Tables.Access).EnsureAsync(token));
        await RecordAsync(token => new SchemaRow(Tables.Access).CompleteAsync(token));
        await RecordAsync(token => devices.ChangeAsync(header, null, [new StateWrite(row, StateWriteMode.Create)], null, token));
        await RecordAsync(token => devices.WriteAsync(key, credential, seen, [new StateWrite(row, StateWriteMode.Blind)], null, token));
        await RecordAsync(token => devices.TouchAsync(key, credential, seen, 1, null, token));
        await RecordAsync(token => new TableCredentialStore(Tables).AddAsync("hash", new CredentialHint(key, credential), 1, token));
        await RecordAsync(token => new TableDirectoryStore(Tables).PutAsync(header, token));
        await RecordAsync(token => devices.ChangeAsync(header with { ETag = "*" }, new TagDifference([tag], []), null, token));
        var outbox = new OutboxWrite(new EventsHead { Key = key, Tags = "" }, [new OutboxEvent(key, 1, EventType.DataIn, 1, "{}"u8.ToArray())]);
        await RecordAsync(token => devices.TouchAsync(key, credential, seen, 1, outbox, token));
        await RecordAsync(token => new TableOutboxStore(Tables).CommitAsync(outbox, null, null, token));
        await RecordAsync(token => new TableTodoStore(Tables).PutAsync(new TodoItem { Kind = TodoKind.Deliver, Due = DateTimeOffset.UnixEpoch, OperationId = OperationId.New(), Device = key }, token));
        await RecordAsync(token => new TableTodoStore(Tables).PutAsync(new TodoItem { Kind = TodoKind.Expire, Due = DateTimeOffset.UnixEpoch, OperationId = OperationId.New(), Windows = [(key, 1)] }, token));
        await RecordAsync(token => new TableRecencyStore(Tables).PutAsync(RecencyKey.Of(key, 1, 1), token));
        await RecordAsync(token => new TableTagStore(Tables).PutAsync(key, tag, token));
        await RecordAsync(token => new TableTodoStore(Tables).PutAsync(new TodoItem { Due = DateTimeOffset.UnixEpoch, OperationId = OperationId.New(), Device = key, Credentials = [("hash", credential)], Tags = [tag], Listed = "mark" }, token));
        await RecordAsync(token => new TableTodoStore(Tables).PutAsync(new TodoItem { Kind = TodoKind.Batch, Due = DateTimeOffset.UnixEpoch, OperationId = OperationId.New(), Devices = [new(key, "mark", [tag])] }, token));
        await RecordAsync(token => new TableTodoStore(Tables).PutAsync(new TodoItem { Kind = TodoKind.Purge, Due = DateTimeOffset.UnixEpoch, OperationId = OperationId.New(), Subject = "day" }, token));
        return _handler.Rows;
    }

    /// <summary>Metadata that the store of files writes on a blob, and the blob's container without its prefix.</summary>
    public async Task<(string Container, IEnumerable<string> Metadata)> WriteContentAsync()
    {
        Assert.True(ConnectorId.TryParse("sample", out var connector));
        Assert.True(ContentId.TryParse("id", out var id));
        var containers = MakeContainers();
        var facts = new ContentFacts(MediaType.Unknown, "hash", 1, ContentTags.Parse("{}"));
        await RecordAsync(token => new BlobContentStore(containers, new TableConnectorStore(Tables)).PutAsync(connector, id, [0], 1, facts, token));
        return (containers.Content(connector).Name, _handler.Metadata);
    }

    /// <summary>Metadata that the store of dead letters writes on a blob.</summary>
    public async Task<IEnumerable<string>> WriteDeadLetterAsync()
    {
        Assert.True(ConnectorId.TryParse("sample", out var connector));
        Assert.True(IdentityId.TryParse("device 1", out var identity));
        var happened = new OutboxEvent(new DeviceKey(connector, identity), 1, EventType.DataIn, 1, "{}"u8.ToArray());
        await RecordAsync(token => new BlobDeadLetterStore(MakeContainers(), new TableConnectorStore(Tables)).AddAsync(happened, "why", token));
        return _handler.Metadata;
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private Containers MakeContainers()
    {
        var options = new BlobClientOptions { Transport = new HttpClientTransport(_client) };
        options.Retry.MaxRetries = 0;
        return new Containers(new BlobServiceClient(new Uri("http://storage.invalid"), options), Microsoft.Extensions.Options.Options.Create(Options));
    }

    private static async Task RecordAsync(Func<CancellationToken, Task> write) => await Assert.ThrowsAsync<RecordedException>(() => write(TestContext.Current.CancellationToken));
}
