using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Murano.Admin.Files;
using Murano.Admin.Http;

namespace Murano.Admin.Export;

/// <summary>Writes <c>devices.jsonl</c>, one identity a line, and the table of tokens that the owner has to fill in.</summary>
internal sealed class DeviceExport(ManagementApi api, string service, WorkFolder folder, ProblemLog problems, ExportOptions options) : IDisposable
{
    private const string Provisioned = "provisioned";
    private const int MostListedValues = 12; // of this product's list

    private readonly DeviceCounts _counts = new();
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Does it.</summary>
    public async Task<DeviceCounts> RunAsync(IReadOnlyList<string> aliases, CancellationToken cancellationToken)
    {
        // Identities that a run had which broke off are kept as they were then.
        var kept = await JsonLines.RecoverAsync<ExportedIdentity>(folder.Unfinished(ExportFiles.Devices), cancellationToken);
        var known = kept.Select(identity => identity.Identity).ToHashSet(StringComparer.Ordinal);
        await using (var file = folder.GoOn(ExportFiles.Devices))
        await using (var tokenFile = folder.Begin(ExportFiles.TokensNeeded))
        {
            await using var tokens = new CsvWriter(new StreamWriter(tokenFile), CultureInfo.InvariantCulture);
            tokens.WriteField("identity");
            tokens.WriteField("token");
            await tokens.NextRecordAsync();
            foreach (var identity in kept)
            {
                await CountAsync(identity, tokens);
            }

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
            identity = await CompleteAsync(identity, body, path, cancellationToken);
        }

        foreach (var part in leftOut)
        {
            await problems.AddAsync("device", identity.Identity, $"odd-{part}", $"Some of its {part} cannot be read and are left out.", cancellationToken);
        }

        return identity;
    }

    // Some versions show values and tags under addresses of their own only.
    private async Task<ExportedIdentity> CompleteAsync(ExportedIdentity identity, JsonElement body, string path, CancellationToken cancellationToken)
    {
        if (body.Find("state") is null && await api.GetAsync(path + "/state", cancellationToken) is { IsOk: true, Body: { } state })
        {
            List<string> leftOut = [];
            identity = identity with { State = MuranoIdentity.ReadState(state, leftOut) };
        }

        if (body.Find("tags") is null && await api.GetAsync(path + "/tag", cancellationToken) is { IsOk: true, Body: { } tags })
        {
            identity = identity with { Tags = ((JsonElement?)(tags.Find("tags") ?? tags)).AsTags().Tags };
        }

        return identity;
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
        if (identity is { Status: Provisioned, AuthType: null or "token" or "cik" })
        {
            tokens.WriteField(identity.Identity);
            tokens.WriteField("");
            await tokens.NextRecordAsync();
        }
    }
}
