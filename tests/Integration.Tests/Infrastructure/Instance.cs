using System.Net;
using System.Text;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Content;
using Murano.Shared.Identities;
using Murano.Shared.Polls;
using Murano.Shared.Provisioning;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>One instance of the product without its HTTP side: caches and a storage pipeline of its own. Several on one prefix are a scaled-out app.</summary>
public sealed class Instance : IDisposable
{
    private readonly ServiceProvider _services;

    private Instance(ServiceProvider services, StorageProbe probe) => (_services, Probe) = (services, probe);

    /// <summary>Where its devices call from.</summary>
    public DeviceOrigin Origin { get; set; } = new(IPAddress.Parse("192.0.2.7"), "", IsHttps: true);

    public StorageProbe Probe { get; }

    public ConnectorService Connectors => Get<ConnectorService>();

    public IdentityService Identities => Get<IdentityService>();

    public StateService State => Get<StateService>();

    public DeviceAccess Access => Get<DeviceAccess>();

    public ContentService Content => Get<ContentService>();

    public Sweeper Sweeper => Get<Sweeper>();

    internal Tables Tables => Get<Tables>();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>An instance on tables that <see cref="Fleet"/> has set up.</summary>
    public static Instance Create(string connectionString, string prefix, TimeProvider time, IReadOnlyDictionary<string, string?>? settings = null, Action<IServiceCollection>? compose = null)
    {
        var probe = new StorageProbe();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["AzureWebJobsStorage"] = connectionString, ["Storage:TablePrefix"] = prefix, ["Devices:NewIdentitiesPerMinute"] = "0" })
            .AddInMemoryCollection(settings ?? new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase))
            .Build();
        var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(configuration)
            .AddSingleton(time)
            .AddSingleton<HttpPipelinePolicy>(probe)
            .AddLogging()
            .AddMetrics()
            .AddMuranoShared();
        compose?.Invoke(services);
        return new Instance(services.BuildServiceProvider(), probe);
    }

    /// <summary>How many storage requests an action takes. Settings are renewed first, so that their own ten seconds do not fall into the count.</summary>
    public async Task<int> CountAsync(Func<Task> action)
    {
        ArgumentNullException.ThrowIfNull(action);
        await Connectors.FindOnlyAsync(Token);
        Probe.Reset();
        await action();
        return Probe.Requests.Count(request => !request.Contains("connectors", StringComparison.Ordinal) && !request.Contains("recency", StringComparison.Ordinal));
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public async Task<Outcome<DeviceToken>> ActivateAsync(string? identity, CancellationToken? cancellationToken = null) =>
        (await Get<ProvisioningService>().ActivateAsync(new ActivationRequest { Identity = identity, Origin = Origin }, cancellationToken ?? Token)).TryGet(out var done, out var failure)
            ? done.Token!
            : failure;

    /// <summary>Activation with a password of the device's own.</summary>
    public async Task<Outcome<Done>> ActivateAsync(string identity, string password) =>
        (await Get<ProvisioningService>().ActivateAsync(new ActivationRequest { Identity = identity, Password = Password(password), Origin = Origin }, Token)).TryGet(out _, out var failure)
            ? Done.Instance
            : failure;

    /// <summary>What a device does when it posts values: credentials, then the write.</summary>
    public async Task<Outcome<Done>> WriteAsync(PresentedCredential presented, params (string Alias, string Value)[] values)
    {
        if (!(await Access.AuthenticateAsync(presented, Origin, Token)).TryGet(out var session, out var failure))
        {
            return failure;
        }

        return await State.WriteAsync(session, [.. values.Select(value => new AliasValue(value.Alias, Encoding.UTF8.GetBytes(value.Value)))], Token);
    }

    /// <summary>What a device does when it reads: credentials, then the values, as <c>alias=value</c>.</summary>
    public async Task<Outcome<string>> ReadAsync(PresentedCredential presented, params string[] aliases)
    {
        if (!(await Access.AuthenticateAsync(presented, Origin, Token)).TryGet(out var session, out var failure)
            || !(await State.ReadAsync(session, aliases, Token)).TryGet(out var values, out failure))
        {
            return failure;
        }

        return string.Join('&', values.Select(value => $"{value.Alias}={Encoding.UTF8.GetString(value.Value.Span)}"));
    }

    /// <summary>What a device does when it polls: credentials, then the wait; the result as <c>alias=value</c>, empty at the end of the wait.</summary>
    public async Task<Outcome<string>> PollAsync(PresentedCredential presented, TimeSpan wait, params string[] aliases)
    {
        if (!(await Access.AuthenticateAsync(presented, Origin, Token)).TryGet(out var session, out var failure)
            || !(await Get<PollService>().WaitAsync(session, aliases, new PollTerms(wait, Since: null), Token)).TryGet(out var answer, out failure))
        {
            return failure;
        }

        return string.Join('&', answer.Values.Select(value => $"{value.Alias}={Encoding.UTF8.GetString(value.Value.Span)}"));
    }

    /// <summary>Waits until the instance holds so many polls, all asleep.</summary>
    public Task HeldAsync(int count) => Eventually.TrueAsync(() => Get<HeldPolls>() is var polls && polls.Count == count && polls.Asleep == count, $"{count} polls wait.");

    /// <summary>What a device does when it uploads: credentials, then the bytes.</summary>
    public async Task<Outcome<Done>> UploadAsync(PresentedCredential presented, string name, IContentSource source)
    {
        if (!(await Access.AuthenticateAsync(presented, Origin, Token)).TryGet(out var session, out var failure) || !(await Content.AdmitAsync(session)).TryGet(out _, out failure))
        {
            return failure;
        }

        Assert.True(ContentId.TryMake(session.Identity, name, out var id), name);
        return await Content.UploadAsync(session, id, MediaType.Unknown, source);
    }

    /// <summary>What a device does when it lists: credentials, then the ids, with blanks between.</summary>
    public async Task<Outcome<string>> ListAsync(PresentedCredential presented) =>
        (await Access.AuthenticateAsync(presented, Origin, Token)).TryGet(out var session, out var failure) && (await Content.ListAsync(session, Token)).TryGet(out var ids, out failure)
            ? string.Join(' ', ids)
            : failure;

    /// <summary>What a device does when it asks about a file.</summary>
    public async Task<Outcome<ContentItem>> InfoAsync(PresentedCredential presented, string id) =>
        (await Access.AuthenticateAsync(presented, Origin, Token)).TryGet(out var session, out var failure) ? await Content.FindAsync(session, FileId(id), Token) : failure;

    /// <summary>What a device does when it fetches a file, or a part of it.</summary>
    public async Task<Outcome<byte[]>> FetchAsync(PresentedCredential presented, string id, string? range = null, string? ifNoneMatch = null)
    {
        if (!(await Access.AuthenticateAsync(presented, Origin, Token)).TryGet(out var session, out var failure)
            || !(await Content.OpenAsync(session, FileId(id), new(RangeRules.Parse(range), ifNoneMatch is null ? [] : [ifNoneMatch], null), Token)).TryGet(out var answer, out failure))
        {
            return failure;
        }

        if (answer is not ContentAnswer.Found found)
        {
            return new Failure.Conflict(answer.GetType().Name, answer.ToString());
        }

        await using var download = found.Download;
        var bytes = new byte[download.Length];
        for (var count = 0; count < bytes.Length;)
        {
            var read = await download.ReadAsync(bytes.AsMemory(count), Token);
            Assert.NotEqual(0, read);
            count += read;
        }

        return bytes;
    }

    public async Task<Outcome<Done>> SetAsync(ConnectorId connector, string identity, params (string Alias, string Value)[] values) =>
        await State.SetAsync(
            await FindAsync(connector),
            Id(identity),
            [.. values.Select(value => new CloudValue(value.Alias, new StateValue(Encoding.UTF8.GetBytes(value.Value), ValueKind.Text)))],
            Token);

    public async Task<Outcome<IReadOnlyList<StateEntry>>> StateAsync(ConnectorId connector, string identity) =>
        await State.GetAsync(await FindAsync(connector), Id(identity), Token);

    public async Task<Outcome<Done>> PatchAsync(ConnectorId connector, string identity, IdentityChange change) =>
        await Identities.PatchAsync(await FindAsync(connector), Id(identity), change, Token);

    public async Task<Outcome<Done>> PutAsync(ConnectorId connector, string identity, IdentityChange change) =>
        await Identities.PutAsync(await FindAsync(connector), Id(identity), change, Token);

    public async Task<Outcome<Done>> DeleteAsync(ConnectorId connector, string identity) =>
        await Identities.DeleteAsync(await FindAsync(connector), Id(identity), Token);

    public async Task<Outcome<Device>> GetAsync(ConnectorId connector, string identity) =>
        await Identities.FindAsync(await FindAsync(connector), Id(identity), Token);

    /// <summary>Every row of every table, as text, for comparisons; without what moves by itself.</summary>
    public async Task<IReadOnlyList<string>> DumpAsync()
    {
        List<string> rows = [];
        foreach (var table in Tables.All)
        {
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Token))
            {
                rows.Add($"{table.Name}|{row.PartitionKey}|{row.RowKey}|{string.Join(',', row.Where(pair => pair.Key is not ("odata.etag" or "Timestamp" or "PartitionKey" or "RowKey")).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={Show(pair.Value)}"))}");
            }
        }

        return rows;
    }

    /// <summary>A page of the connector's devices.</summary>
    public async Task<IReadOnlyList<Device>> ListAsync(ConnectorId connector, IdentityQuery query) =>
        (await Get<IdentityList>().ListAsync(await FindAsync(connector), query, Token).Ok()).Devices;

    public void Dispose() => _services.Dispose();

    internal static PresentedCredential Basic(string identity, string password) => new PresentedCredential.Password(identity, Password(password));

    internal static DevicePassword Password(string text)
    {
        Assert.True(DevicePassword.TryParse(text, out var password));
        return password;
    }

    internal static ContentId FileId(string text)
    {
        Assert.True(ContentId.TryParse(text, out var id), text);
        return id;
    }

    internal static IdentityId Id(string identity)
    {
        Assert.True(IdentityId.TryParse(identity, out var id));
        return id;
    }

    private static string? Show(object value) => value is byte[] bytes ? Convert.ToHexString(bytes) : value.ToString();

    private async Task<Connector> FindAsync(ConnectorId connector) =>
        await Connectors.FindAsync(connector, Token) ?? throw new InvalidOperationException("The test's connector is gone.");
}
