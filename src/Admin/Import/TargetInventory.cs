using Murano.Admin.Export;
using Murano.Admin.Http;

namespace Murano.Admin.Import;

/// <summary>What the connector has already: its identities with their tags, and their values of the aliases that the import may set.</summary>
internal static class TargetInventory
{
    private const int AliasesAtOnce = 12; // of the list
    private const int PageSize = 500;

    /// <summary>Reads it.</summary>
    /// <param name="api">The management API.</param>
    /// <param name="service">Address of the connector's services.</param>
    /// <param name="aliases">The aliases.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<IReadOnlyDictionary<string, TargetDevice>> ReadAsync(ManagementApi api, string service, IReadOnlyList<string> aliases, CancellationToken cancellationToken)
    {
        Dictionary<string, TargetDevice> devices = new(StringComparer.Ordinal);
        foreach (var some in aliases.Chunk(AliasesAtOnce).DefaultIfEmpty([]))
        {
            var pages = new IdentityPages(api, service, PageSize);
            await foreach (var page in pages.ListAsync(some, cancellationToken))
            {
                if (!pages.AreWhole)
                {
                    throw new AdminException("The list of identities shows neither tags nor values: this is no address of this product.");
                }

                foreach (var facts in page.Select(device => MuranoIdentity.Read(device).Identity).OfType<ExportedIdentity>())
                {
                    devices[facts.Identity] = devices.TryGetValue(facts.Identity, out var known)
                        ? new TargetDevice { Facts = facts with { State = facts.State.Concat(known.Facts.State).DistinctBy(value => value.Key, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal) } }
                        : new TargetDevice { Facts = facts };
                }
            }
        }

        return devices;
    }
}
