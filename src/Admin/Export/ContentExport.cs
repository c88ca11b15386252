using System.Globalization;
using System.Text.Json;
using Murano.Admin.Files;
using Murano.Admin.Http;

namespace Murano.Admin.Export;

/// <summary>Fetches a connector's files in two steps, by signed addresses, and writes <c>content.jsonl</c>.</summary>
internal sealed class ContentExport(ManagementApi api, string service, WorkFolder folder, ProblemLog problems, ExportOptions options) : IDisposable
{
    private const int Tries = 3;

    private readonly HashedFiles _files = new(folder, ExportFiles.ContentFolder);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Does it.</summary>
    /// <returns>How many files there are, and their bytes.</returns>
    public async Task<(int Count, long Bytes)> RunAsync(CancellationToken cancellationToken)
    {
        var before = await KeptAsync(cancellationToken);
        var hadSome = before.Count > 0 || folder.HasSome(ExportFiles.Content);
        var reply = await api.GetAsync($"{service}/content/item?full=true", cancellationToken);
        if (reply.Status is 404 or 403 && !hadSome)
        {
            await problems.AddAsync("content", "", "no-content-service", $"There is no content service, or not for these credentials: {reply.Message}", cancellationToken);
        }
        else if (reply is not { IsOk: true, Body: not null })
        {
            throw AdminException.BrokeOff($"The list of files cannot be had: {reply.Message}");
        }

        List<JsonElement> items = reply is { IsOk: true, Body: { } body }
            ? [.. body.ValueKind == JsonValueKind.Array ? body.EnumerateArray() : body.Find("items") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : []]
            : [];
        var (count, bytes) = (0, 0L);
        await using (var file = folder.Begin(ExportFiles.Content))
        {
            foreach (var item in before.Values)
            {
                await JsonLines.WriteAsync(file, item, cancellationToken);
            }

            var turn = 0;
            List<ExportedContent> done = [];
            await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (item, token) =>
            {
                if (await TakeAsync(item, before, Interlocked.Increment(ref turn), token) is not { } taken)
                {
                    return;
                }

                await _turn.WaitAsync(token);
                try
                {
                    done.Add(taken);
                    (count, bytes) = (count + 1, bytes + taken.Length);
                    await JsonLines.WriteAsync(file, taken, CancellationToken.None);
                    await file.FlushAsync(token);
                }
                finally
                {
                    _turn.Release();
                }
            });

            // Until here the file also held what earlier runs had, so that a run that breaks off loses none of it.
            file.SetLength(0);
            foreach (var item in done.OrderBy(item => item.Id, StringComparer.Ordinal))
            {
                await JsonLines.WriteAsync(file, item, cancellationToken);
            }
        }

        folder.Finish(ExportFiles.Content);
        return (count, bytes);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Reads the tags of a file, in either layout, as lists of texts by name.</summary>
    internal static IReadOnlyDictionary<string, IReadOnlyList<string>> TagsOf(JsonElement? tags) =>
        tags.AsTags().Tags.GroupBy(tag => tag.Name, tag => tag.Value, StringComparer.Ordinal).ToDictionary(name => name.Key, name => (IReadOnlyList<string>)[.. name], StringComparer.Ordinal);

    private async Task<Dictionary<string, ExportedContent>> KeptAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, ExportedContent> kept = new(StringComparer.Ordinal);
        foreach (var path in (string[])[folder[ExportFiles.Content], folder.Unfinished(ExportFiles.Content)])
        {
            await foreach (var item in JsonLines.RecoverAsync<ExportedContent>(path, cancellationToken))
            {
                if (_files.Has(item.Sha256, item.Length))
                {
                    kept[item.Id] = item;
                }
            }
        }

        return kept;
    }

    private async Task<ExportedContent?> TakeAsync(JsonElement item, Dictionary<string, ExportedContent> before, int turn, CancellationToken cancellationToken)
    {
        if ((item.ValueKind == JsonValueKind.String ? item.GetString() : item.Find("id").AsText()) is not { Length: > 0 } id)
        {
            await problems.AddAsync("content", "", "no-id", "An entry of the list of files names no id.", cancellationToken);
            return null;
        }

        if (!item.Find("tags").AsTags().IsAll)
        {
            await problems.AddAsync("content", id, "odd-tags", "Some of its tags cannot be read and are left out.", cancellationToken);
        }

        var facts = new ExportedContent(
            id,
            item.Find("type").AsText() ?? "application/octet-stream",
            long.TryParse(item.Find("length").AsText(), NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : -1,
            item.Find("last_modified").AsText() ?? "",
            TagsOf(item.Find("tags")),
            "");
        if (before.TryGetValue(id, out var old) && old.Length == facts.Length && facts.LastModified.Length > 0 && string.Equals(old.LastModified, facts.LastModified, StringComparison.Ordinal))
        {
            return facts with { Sha256 = old.Sha256 };
        }

        var why = "";
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                var (taken, refusal) = await FetchAsync(facts, turn, cancellationToken);
                if (taken is not null)
                {
                    return taken;
                }

                why = refusal;
            }
            catch (Exception fault) when (fault is IOException or HttpRequestException)
            {
                why = fault.Message;
            }
        }

        await problems.AddAsync("content", id, "not-fetched", $"It cannot be fetched: {why}", cancellationToken);
        return null;
    }

    private async Task<(ExportedContent? Taken, string Why)> FetchAsync(ExportedContent facts, int turn, CancellationToken cancellationToken)
    {
        var offer = await api.GetAsync($"{service}/content/item/{Uri.EscapeDataString(facts.Id)}/download", cancellationToken);
        if (api.SignedAddress(offer) is not { } address)
        {
            return (null, offer.IsOk ? "Its address is none of https." : offer.Message);
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var reply = await api.SendSignedAsync(request, cancellationToken);
        if (!reply.IsSuccessStatusCode)
        {
            return (null, FormattableString.Invariant($"The answer was {(int)reply.StatusCode}."));
        }

        await using var body = await reply.Content.ReadAsStreamAsync(cancellationToken);
        var (sha256, length) = await _files.AddAsync(body, turn, cancellationToken);

        // This product tells the SHA-256 of a file as its version.
        var told = reply.Headers.ETag?.Tag.Trim('"') is { Length: 64 } tag && tag.All(char.IsAsciiHexDigitLower) ? tag : sha256;
        return facts.Length >= 0 && length != facts.Length ? (null, FormattableString.Invariant($"{length} bytes came of {facts.Length}."))
            : !string.Equals(told, sha256, StringComparison.Ordinal) ? (null, "Other bytes came than the source has.")
            : (facts with { Length = length, Sha256 = sha256 }, "");
    }
}
