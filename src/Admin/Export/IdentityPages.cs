using System.Runtime.CompilerServices;
using System.Text.Json;
using Murano.Admin.Http;

namespace Murano.Admin.Export;

/// <summary>
/// All identities of a connector, page by page. This product gives a cursor. Murano sorts by the time of the last contact and takes a time as <c>before</c>: devices of one time,
/// and all that were never seen, may lie across the end of a page. So a page begins again at the time with which the one before ended, what was seen is passed over, and
/// where a page brings nothing new larger ones are asked for.
/// </summary>
internal sealed class IdentityPages(ManagementApi api, string service, int pageSize)
{
    private const int LargestPage = 1_000_000;

    /// <summary>Whether the pages tell tags and values completely, so that no identity has to be asked for.</summary>
    public bool AreWhole { get; private set; }

    /// <summary>Lists the identities, each once.</summary>
    /// <param name="aliases">Values that are wanted, where the source takes such a wish.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AdminException">The list cannot be had, or not to its end.</exception>
    public async IAsyncEnumerable<IReadOnlyList<JsonElement>> ListAsync(IReadOnlyList<string> aliases, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        var wish = "&order=identity&tags=true" + string.Concat(aliases.Select(alias => "&state=" + Uri.EscapeDataString(alias.Replace(",", "\\,", StringComparison.Ordinal))));
        var (limit, position) = (pageSize, "");
        while (true)
        {
            var reply = await api.GetAsync(FormattableString.Invariant($"{service}/device2/identity/?limit={limit}{position}{wish}"), cancellationToken);
            if (reply.Status == 400 && wish.Length > 0)
            {
                wish = ""; // an API that refuses what it does not know
                continue;
            }

            if (!reply.IsOk || reply.Body is not { } page)
            {
                throw AdminException.BrokeOff($"The list of identities cannot be had: {reply.Message}");
            }

            List<JsonElement> all = [.. page.ValueKind == JsonValueKind.Array ? page.EnumerateArray() : page.Find("devices") is { ValueKind: JsonValueKind.Array } devices ? devices.EnumerateArray() : []];
            var cursor = page.Find("cursor").AsText();
            AreWhole = wish.Length > 0 && (cursor is not null || all.Exists(device => device.Find("presence") is not null));
            List<JsonElement> fresh = [.. all.Where(device => device.Find("identity").AsText() is not { } name || seen.Add(name))];
            if (fresh.Count > 0)
            {
                yield return fresh;
            }

            if (!page.Find("mayLoadMore").AsFlag())
            {
                yield break;
            }

            if (cursor is not null)
            {
                position = "&cursor=" + Uri.EscapeDataString(cursor);
                continue;
            }

            if (fresh.Count == 0)
            {
                if (limit >= LargestPage)
                {
                    throw AdminException.BrokeOff(FormattableString.Invariant($"The list of identities does not come to its end: after {seen.Count} identities it brings the same again."));
                }

                limit *= 4;
            }

            var last = all.Select(device => device.Find("lastseen").AsMicros()).DefaultIfEmpty(0).Min();
            position = fresh.Count == 0 ? "" : FormattableString.Invariant($"&before={last + 1}");
        }
    }
}
