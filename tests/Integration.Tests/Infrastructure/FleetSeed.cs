using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Murano.LocalHost;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>
/// Makes many devices at once by the stores themselves: a third never seen, the others last seen in one of the last fifty hours, one in ten locked. Each has a tag
/// <c>site</c>, whose values are of a hundred devices each.
/// </summary>
internal static class FleetSeed
{
    private const int AtOnce = 16;

    /// <summary>Settings for whoever works with a fleet of 100,000: the emulator stands still for seconds while it saves that much.</summary>
    public static readonly IReadOnlyDictionary<string, string?> PatienceWithEmulator = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Storage:Timeout"] = "00:00:30" };

    /// <summary>Makes devices; their identities, in order of their making.</summary>
    public static Task<IReadOnlyList<string>> SeedAsync(this Fleet fleet, int count) => SeedAsync(fleet.One, fleet.Connector, fleet.Time, count);

    /// <summary>Makes a connector with devices in an app that runs in a process of its own; its id.</summary>
    public static async Task<string> SeedConnectorAsync(RunInfo run, int count)
    {
        using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
        var made = await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/api:1/business/murano/solution/")
        {
            Headers = { Authorization = new("token", run.Operator!.Secret) },
            Content = JsonContent.Create(new { label = "fleet", type = "product" }),
        });
        var id = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        Assert.True(ConnectorId.TryParse(id, out var connector));
        using var instance = Instance.Create(run.Storage!, new StorageOptions().TablePrefix, TimeProvider.System, PatienceWithEmulator);
        await SeedAsync(instance, connector, TimeProvider.System, count);
        return id;
    }

    private static async Task<IReadOnlyList<string>> SeedAsync(Instance instance, ConnectorId connector, TimeProvider time, int count)
    {
        var (directory, recency) = (instance.Get<TableDirectoryStore>(), instance.Get<TableRecencyStore>());
        var (credentials, tags) = (instance.Get<TableCredentialStore>(), instance.Get<TableTagStore>());
        var now = time.GetUnixMicros();
        string[] identities = [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"dev-{i * 7919 % count:D6}"))];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (i, token) =>
        {
            var seen = i % 3 == 0 ? LastSeen.Never : new LastSeen(now - (i * 50L * 3_600_000_000 / count), string.Create(CultureInfo.InvariantCulture, $"10.0.{i % 7}.{i % 250}"), "https");
            var tag = TagTexts.Tag($"site={SiteOf(identities[i])}");
            var header = new DeviceHeader
            {
                Key = new DeviceKey(connector, Instance.Id(identities[i])),
                Status = i % 3 == 0 ? DeviceStatus.Whitelisted : DeviceStatus.Provisioned,
                AuthType = AuthType.Token,
                Locked = i % 10 == 0,
                Created = now - 1_000_000_000 + i,
                OperationId = OperationId.New(),
                Version = 1,
                Credential = i % 3 == 0 ? null : CredentialId.New(),
                CredentialHash = i % 3 == 0 ? "" : i.ToString("x64", CultureInfo.InvariantCulture),
                LastSeen = seen,
                TagText = TagKeys.HeaderText([tag]),
            };
            List<TableTransactionAction> rows = [Add(DeviceEntities.From(header)), Add(new TableEntity(header.Key.Partition, DeviceRows.Tag(tag)))];
            if (header.HasFence)
            {
                rows.Add(Add(DeviceEntities.From(header.Key, header.Credential!.Value, seen)));
            }

            await AddAsync(instance, rows, token);
            await tags.PutAsync(header.Key, tag, token);
            foreach (var (hash, id) in header.Credentials)
            {
                await credentials.AddAsync(hash, new CredentialHint(header.Key, id), now, token);
            }

            await directory.PutAsync(header, token);
            await recency.PutAsync(RecencyKey.Of(header.Key, seen.At, header.Created), token);
        });
        return identities;
    }

    /// <summary>The site of a device.</summary>
    public static string SiteOf(string identity) => $"s{identity[^6..^2]}";

    // The client repeats what is answered late: among hundreds of thousands of requests it does, and the first try may have counted.
    private static async Task AddAsync(Instance instance, List<TableTransactionAction> rows, CancellationToken token)
    {
        try
        {
            await instance.Tables.Devices.SubmitTransactionAsync(rows, token);
        }
        catch (RequestFailedException fault) when (fault.Status == 409)
        {
        }
    }

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);
}
