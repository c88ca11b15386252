using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Murano.Admin.Export;
using Murano.Admin.Files;
using Murano.Admin.Http;

namespace Murano.Admin.Import;

/// <summary>Brings files by signed forms. Of a file that is there already its bytes are compared by their SHA-256, which is its version.</summary>
internal sealed class ContentImport(ManagementApi api, string service, HashedFiles files, ResultLog results, ImportOptions options)
{
    private const string Kind = "content";
    private const string OfDevices = "device2/";

    /// <summary>Does it.</summary>
    public async Task RunAsync(IAsyncEnumerable<ExportedContent> items, CancellationToken cancellationToken) =>
        await Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (item, token) => await results.AddAsync(await TryAsync(item, token)));

    // What the network does to one file does not keep the others from their place.
    private async Task<ImportResult> TryAsync(ExportedContent item, CancellationToken cancellationToken)
    {
        try
        {
            return await BringAsync(item, cancellationToken);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return Result(item, ImportOutcome.Failed, "not-sent", fault.Message);
        }
    }

    private async Task<ImportResult> BringAsync(ExportedContent item, CancellationToken cancellationToken)
    {
        if (item.Id.StartsWith(OfDevices, StringComparison.Ordinal))
        {
            return Result(item, ImportOutcome.Skipped, "device-file", "Only the device itself can bring files below device2/. Its bytes are in the export.");
        }

        if (!await files.HoldsAsync(item.Sha256, cancellationToken))
        {
            return Result(item, ImportOutcome.Failed, "damaged", "The file in the export is not there, or has other bytes than it was exported with.");
        }

        var address = $"{service}/content/item/{Uri.EscapeDataString(item.Id)}";
        var present = await api.GetAsync(address, cancellationToken);
        if (present.IsOk)
        {
            var isSame = await IsSameAsync(item, present, address, cancellationToken);
            if (isSame || !options.Overwrite)
            {
                return isSame ? Result(item, ImportOutcome.Unchanged) : Result(item, ImportOutcome.Conflict, "content-differs", "There is another file of this id, which stays.");
            }
        }
        else if (present.Status != 404)
        {
            return Result(item, ImportOutcome.Failed, present.Reason, present.Message);
        }

        return options.DryRun ? Result(item, ImportOutcome.Changed) : await UploadAsync(item, address, cancellationToken);
    }

    private async Task<bool> IsSameAsync(ExportedContent item, ApiReply present, string address, CancellationToken cancellationToken)
    {
        var body = present.Body!.Value;
        var facts = (body.Find("length").AsText(), body.Find("type").AsText(), TagsJson(ContentExport.TagsOf(body.Find("tags"))));
        if (facts != (item.Length.ToString(CultureInfo.InvariantCulture), item.Type, TagsJson(item.Tags)))
        {
            return false;
        }

        var offer = await api.GetAsync(address + "/download", cancellationToken);
        if (api.SignedAddress(offer) is not { } url)
        {
            return false;
        }

        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue($"\"{item.Sha256}\""));
        using var reply = await api.SendSignedAsync(request, cancellationToken);
        return reply.StatusCode == HttpStatusCode.NotModified;
    }

    private async Task<ImportResult> UploadAsync(ExportedContent item, string address, CancellationToken cancellationToken)
    {
        var tags = item.Tags.Count == 0 ? "" : "&tags=" + Uri.EscapeDataString(TagsJson(item.Tags));
        var offer = await api.GetAsync($"{address}/upload?sha256={item.Sha256}&expires_in=600&type={Uri.EscapeDataString(item.Type)}{tags}", cancellationToken);
        if (offer.Body is not { } body || api.SignedAddress(offer) is not { } url)
        {
            return offer.IsOk ? Result(item, ImportOutcome.Failed, "bad-address", "The address to send it to is none of https.") : Result(item, ImportOutcome.Failed, offer.Reason, offer.Message);
        }

        using var form = new MultipartFormDataContent();
        foreach (var input in body.Find("inputs") is { ValueKind: JsonValueKind.Object } inputs ? inputs.EnumerateObject() : default)
        {
            form.Add(new StringContent(((JsonElement?)input.Value).AsText() ?? ""), input.Name);
        }

        form.Add(new StreamContent(files.Open(item.Sha256)), offer.Text("field") ?? "file", "file");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = form };
        using var reply = await api.SendSignedAsync(request, cancellationToken);
        return reply.IsSuccessStatusCode ? Result(item, ImportOutcome.Changed) : Result(item, ImportOutcome.Failed, FormattableString.Invariant($"http-{(int)reply.StatusCode}"), "The upload was refused.");
    }

    // One value stands alone, as people write it; the product takes both.
    private static string TagsJson(IReadOnlyDictionary<string, IReadOnlyList<string>> tags) =>
        JsonSerializer.Serialize(new SortedDictionary<string, object>(tags.ToDictionary(tag => tag.Key, tag => tag.Value is [var only] ? (object)only : tag.Value, StringComparer.Ordinal), StringComparer.Ordinal));

    private static ImportResult Result(ExportedContent item, ImportOutcome outcome, string reason = "", string message = "") => new(Kind, item.Id, "file", outcome, reason, message);
}
