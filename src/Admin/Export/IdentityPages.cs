using System.Runtime.CompilerServices;
using System.Text.Json;
using Murano.Admin.Http;

namespace Murano.Admin.Export;

/// <summary>
/// All identities of a connector, page by page. This product gives a cursor. Murano sorts by the time of the last contact and takes a time as <c>before</c>: devices of one time,
/// and all that were never seen, may lie across the end of a page. So a page begins again at the time with which the one before ended, what was seen is passed over, and
/// where a page brings nothing new larger ones are asked for. A device that reports meanwhile moves to the top, where no later page looks; so the list is gone through
/// again, until it brings nothing new.
/// </summary>
internal sealed class IdentityPages(ManagementApi api, string service, int pageSize)
{
    private const int LargestPage = 1_000_000;
    private const int MostPasses = 10;

    /// <summary>Whether the pages tell tags and values completely, so that no identity has to be asked for.</summary>
    public bool AreWhole { get; private set; }

    /// <summary>Whether the list brought something new each time, to the last: there may be more.</summary>
    public bool IsUnsettled { get; private set; }

    /// <summary>Lists the identities, each once.</summary>
    /// <param name="aliases">Values that are wanted, where the source takes such a wish.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AdminException">The list cannot be had, or not to its end.</exception>
    public async IAsyncEnumerable<IReadOnlyList<JsonElement>> ListAsync(IReadOnlyList<string> aliases, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        HashSet<string> seenInPass = new(StringComparer.Ordinal);
        HashSet<string> nameless = new(StringComparer.Ordinal);
        var wish = "&order=identity&tags=true" + string.Concat(aliases.Select(alias => "&state=" + Uri.EscapeDataString(alias.Replace(",", "\\,", StringComparison.Ordinal))));
        var (limit, position, pass, before) = (pageSize, "", 1, 0);
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
            List<JsonElement> named = [.. all.Where(device => device.Find("identity").AsText() is { Length: > 0 })];
            var cursor = page.Find("cursor").AsText();
            AreWhole = wish.Length > 0 && (cursor is not null || all.Exists(device => device.Find("presence") is not null));
            var isNewInPass = false;
            foreach (var device in named)
            {
                isNewInPass |= seenInPass.Add(device.Find("identity").AsText()!);
            }

            List<JsonElement> fresh = [.. all.Where(device => device.Find("identity").AsText() is { Length: > 0 } name ? seen.Add(name) : nameless.Add(device.GetRawText()))];
            if (fresh.Count > 0)
            {
                yield return fresh;
            }

            if (page.Find("mayLoadMore").AsFlag())
            {
                if (cursor is not null)
                {
                    var next = "&cursor=" + Uri.EscapeDataString(cursor);
                    position = string.Equals(next, position, StringComparison.Ordinal) ? throw Endless(seen.Count) : next;
                    continue;
                }

                if (!isNewInPass)
                {
                    limit = limit < LargestPage ? limit * 4 : throw Endless(seen.Count);
                }

                var last = named.Select(device => device.Find("lastseen").AsMicros()).DefaultIfEmpty(0).Min();
                position = isNewInPass ? FormattableString.Invariant($"&before={last + 1}") : "";
                continue;
            }

            // One page of all there is, or the end by a cursor, misses nobody.
            if (!position.StartsWith("&before", StringComparison.Ordinal) || seen.Count == before)
            {
                yield break;
            }

            if (pass++ == MostPasses)
            {
                IsUnsettled = true;
                yield break;
            }

            (position, before) = ("", seen.Count);
            seenInPass.Clear();
        }
    }

    private static AdminException Endless(int count) =>
        AdminException.BrokeOff(FormattableString.Invariant($"The list of identities does not come to its end: after {count} identities it brings the same again."));
}
