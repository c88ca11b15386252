using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Murano.Admin.Files;
using Murano.Admin.Http;

namespace Murano.Admin.Export;

/// <summary>Writes <c>devices.jsonl</c>, one identity a line, and the table of tokens that the owner has to fill in.</summary>
internal sealed class DeviceExport(ManagementApi api, string service, WorkFolder folder, ProblemLog problems, ExportOptions options) : IDisposable
{
    private const int MostListedValues = 12; // of this product's list

    private readonly DeviceCounts _counts = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Does it.</summary>
    public async Task<DeviceCounts> RunAsync(IReadOnlyList<string> aliases, CancellationToken cancellationToken)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        await using (var tokenFile = folder.Begin(ExportFiles.TokensNeeded))
        {
            await using var tokens = new CsvWriter(new StreamWriter(tokenFile), CultureInfo.InvariantCulture);
            tokens.WriteField("identity");
            tokens.WriteField("token");
            await tokens.NextRecordAsync();

            // Identities that a run had which broke off are kept as they were then.
            await foreach (var identity in JsonLines.RecoverAsync<ExportedIdentity>(folder.Unfinished(ExportFiles.Devices), cancellationToken))
            {
                known.Add(identity.Identity);
                await NoteLeftOutAsync(identity, cancellationToken);
                await CountAsync(identity, tokens);
            }

            await using var file = folder.GoOn(ExportFiles.Devices);
            var pages = new IdentityPages(api, service, options.PageSize);
            await foreach (var page in pages.ListAsync(aliases.Count <= MostListedValues ? aliases : [], cancellationToken))
            {
                var isWhole = pages.AreWhole && aliases.Count <= MostListedValues;
                var wanted = page.Where(device => device.Find("identity").AsText() is not { } name || !known.Contains(name));
                await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken }, async (device, token) =>
                {
                    if (await ReadAsync(device, isWhole, token) is { } identity)
                    {
                        await WriteAsync(file, tokens, identity, token);
                    }
                });
                await file.FlushAsync(cancellationToken);
            }

            if (pages.IsUnsettled)
            {
                await problems.AddAsync("device", "", "list-changes", "Whenever the list was gone through once more it had more identities: some may be missing. Export again.", cancellationToken);
            }
        }

        folder.Finish(ExportFiles.Devices);
        folder.Finish(ExportFiles.TokensNeeded);
        return _counts;
    }

    /// <summary>Writes that there are none.</summary>
    public async Task<DeviceCounts> RunWithoutAsync()
    {
        await folder.Begin(ExportFiles.Devices).DisposeAsync();
        folder.Finish(ExportFiles.Devices);
        return _counts;
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<ExportedIdentity?> ReadAsync(JsonElement listed, bool isWhole, CancellationToken cancellationToken)
    {
        var (identity, leftOut) = MuranoIdentity.Read(listed);
        if (identity is null)
        {
            await problems.AddAsync("device", "", "no-identity", "An entry of the list names no identity.", cancellationToken);
            return null;
        }

        if (!isWhole)
        {
            var path = $"{service}/device2/identity/{Uri.EscapeDataString(identity.Identity)}";
            var reply = await api.GetAsync(path, cancellationToken);
            if (reply.Status == 404)
            {
                await problems.AddAsync("device", identity.Identity, "gone", "It was listed, and is not there any more.", cancellationToken);
                return null;
            }

            if (!reply.IsOk || reply.Body is not { } body)
            {
                throw AdminException.BrokeOff($"Identity {identity.Identity} cannot be had: {reply.Message}");
            }

            (var whole, leftOut) = MuranoIdentity.Read(body);
            identity = whole is null ? identity : whole with { Identity = identity.Identity };
            (identity, leftOut) = await CompleteAsync(identity, leftOut, body, path, cancellationToken);
        }

        identity = leftOut.Count == 0 ? identity : identity with { LeftOut = [.. leftOut.Distinct(StringComparer.Ordinal)] };
        await NoteLeftOutAsync(identity, cancellationToken);
        return identity;
    }

    private async Task NoteLeftOutAsync(ExportedIdentity identity, CancellationToken cancellationToken)
    {
        foreach (var part in identity.LeftOut ?? [])
        {
            await problems.AddAsync("device", identity.Identity, $"odd-{part}", $"Some of its {part} cannot be read and are left out.", cancellationToken);
        }
    }

    // Some versions show values and tags under addresses of their own only.
    private async Task<(ExportedIdentity Identity, IReadOnlyList<string> LeftOut)> CompleteAsync(
        ExportedIdentity identity, IReadOnlyList<string> known, JsonElement body, string path, CancellationToken cancellationToken)
    {
        List<string> leftOut = [.. known];
        if (body.Find("state") is null && await PartAsync(identity, path + "/state", cancellationToken) is { } state)
        {
            identity = identity with { State = MuranoIdentity.ReadState(state, leftOut) };
        }

        if (body.Find("tags") is null && await PartAsync(identity, path + "/tag", cancellationToken) is { } found)
        {
            var (tags, isAll) = ((JsonElement?)(found.Find("tags") ?? found)).AsTags();
            identity = identity with { Tags = tags };
            if (!isAll)
            {
                leftOut.Add("tags");
            }
        }

        return (identity, leftOut);
    }

    // 404 alone says that there is no such address. Whatever else goes wrong would lose what a device has.
    private async Task<JsonElement?> PartAsync(ExportedIdentity identity, string path, CancellationToken cancellationToken)
    {
        var reply = await api.GetAsync(path, cancellationToken);
        return reply.Status is 404 or 204 ? null
            : reply is { IsOk: true, Body: { } body } ? body
            : throw AdminException.BrokeOff($"Values or tags of identity {identity.Identity} cannot be had: {reply.Message}");
    }

    private async Task WriteAsync(Stream file, CsvWriter tokens, ExportedIdentity identity, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await JsonLines.WriteAsync(file, identity, CancellationToken.None); // a line whole or not at all
            await CountAsync(identity, tokens);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task CountAsync(ExportedIdentity identity, CsvWriter tokens)
    {
        _counts.Add(identity);
        if (identity is { MayHaveCredential: true, AuthType: null or "token" or "cik" })
        {
            tokens.WriteField(identity.Identity);
            tokens.WriteField("");
            await tokens.NextRecordAsync();
        }
    }
}
