using System.Globalization;
using Azure.Data.Tables;
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

    /// <summary>Makes devices; their identities, in order of their making.</summary>
    public static async Task<IReadOnlyList<string>> SeedAsync(this Fleet fleet, int count)
    {
        var (directory, recency) = (fleet.One.Get<TableDirectoryStore>(), fleet.One.Get<TableRecencyStore>());
        var (credentials, tags) = (fleet.One.Get<TableCredentialStore>(), fleet.One.Get<TableTagStore>());
        var now = fleet.Time.GetUnixMicros();
        string[] identities = [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"dev-{i * 7919 % count:D6}"))];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = TestContext.Current.CancellationToken }, async (i, token) =>
        {
            var seen = i % 3 == 0 ? LastSeen.Never : new LastSeen(now - (i * 50L * 3_600_000_000 / count), string.Create(CultureInfo.InvariantCulture, $"10.0.{i % 7}.{i % 250}"), "https");
            var tag = TagTexts.Tag($"site={SiteOf(identities[i])}");
            var header = new DeviceHeader
            {
                Key = new DeviceKey(fleet.Connector, Instance.Id(identities[i])),
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

            await fleet.One.Tables.Devices.SubmitTransactionAsync(rows, token);
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

    private static TableTransactionAction Add(TableEntity row) => new(TableTransactionActionType.Add, row);
}
