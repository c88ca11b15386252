using System.Text.Json;
using System.Text.Json.Nodes;
using Murano.Admin.Files;
using Murano.Admin.Http;

namespace Murano.Admin.Export;

/// <summary>
/// Copies a connector into a folder. The manifest comes last. A run that broke off is gone on with by the next one, which keeps the identities and files that are there;
/// after a complete one, the next begins anew and fetches only files that are not the same.
/// </summary>
internal sealed class ExportRun(AdminHost host, ExportOptions options)
{
    private const string Vendor = "vendor";

    private readonly string _service = $"service/{Uri.EscapeDataString(options.Connector)}";

    /// <summary>Does it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = WorkFolder.Open(options.To, isNew: true);
        if (!File.Exists(folder[ExportFiles.Source]) && folder.Others(ExportFiles.Source) is [var other, ..])
        {
            throw new AdminException($"{folder.Path} is no export, and holds {other}. Take an empty folder.");
        }

        using var api = await ManagementApi.ConnectAsync(host, options.From, options.Email, cancellationToken);
        var began = host.Time.GetUtcNow();
        await EnterAsync(folder, cancellationToken);
        await using var problemFile = folder.Begin(ExportFiles.Problems);
        using var problems = new ProblemLog(problemFile, host.Out);
        var settings = await ReadSettingsAsync(folder, api, problems, cancellationToken);
        var aliases = settings?.Find("resources") is { ValueKind: JsonValueKind.Object } resources ? resources.EnumerateObject().Select(resource => resource.Name).ToList() : [];
        await host.Out.WriteLineAsync($"Settings and {aliases.Count} resources.");

        using var devices = new DeviceExport(api, _service, folder, problems, options);
        var atSource = settings is null ? null : await CountAsync(api, cancellationToken);
        var counts = settings is null ? await devices.RunWithoutAsync() : await devices.RunAsync(aliases, cancellationToken);
        await host.Out.WriteLineAsync($"{counts.Identities} identities, {counts.Tags} tags, {counts.Values} values.");
        if (atSource is { } told && told != counts.Identities)
        {
            await problems.AddAsync("device", "", "count-differs", $"The source counts {told} identities, {counts.Identities} were listed: some came or went meanwhile, or it lists not all.", cancellationToken);
        }

        using var files = new ContentExport(api, _service, folder, problems, options);
        var content = await files.RunAsync(cancellationToken);
        await host.Out.WriteLineAsync($"{content.Count} files, {content.Bytes} bytes.");
        await api.LogOutAsync();

        await problemFile.DisposeAsync();
        folder.Finish(ExportFiles.Problems);
        await folder.WriteJsonAsync(
            WorkFolder.Manifest,
            new ExportManifest
            {
                Source = options.From,
                Connector = options.Connector,
                Began = began,
                Ended = host.Time.GetUtcNow(),
                Resources = aliases.Count,
                Identities = counts.Identities,
                IdentitiesAtSource = atSource,
                Tags = counts.Tags,
                Values = counts.Values,
                Content = content.Count,
                ContentBytes = content.Bytes,
                Problems = problems.Count,
            },
            cancellationToken);
        await host.Out.WriteLineAsync(problems.Count == 0 ? $"Complete: {folder.Path}" : $"Complete but for {problems.Count} problems, which stand in {folder[ExportFiles.Problems]}");
        return problems.Count == 0 ? ExitCodes.Done : ExitCodes.Partly;
    }

    private async Task EnterAsync(WorkFolder folder, CancellationToken cancellationToken)
    {
        var source = new ExportSource(options.From, options.Connector);
        if (!File.Exists(folder[ExportFiles.Source]))
        {
            await folder.WriteJsonAsync(ExportFiles.Source, source, cancellationToken);
        }
        else if (await folder.ReadJsonAsync<ExportSource>(ExportFiles.Source, cancellationToken) is var held && held != source)
        {
            throw new AdminException($"The folder holds an export of {held.Connector} at {held.Source}. Take another folder.");
        }
    }

    private async Task<JsonElement?> ReadSettingsAsync(WorkFolder folder, ManagementApi api, ProblemLog problems, CancellationToken cancellationToken)
    {
        var reply = await api.GetAsync($"{_service}/device2", cancellationToken);
        if (reply.Status == 404)
        {
            if (folder.HasSome(ExportFiles.Devices))
            {
                throw AdminException.BrokeOff("The source has no such connector any more, or not for these credentials. The identities in the folder are kept.");
            }

            await problems.AddAsync("settings", options.Connector, "no-device-service", "There is no such connector, or it has no device service: no settings, resources and identities.", cancellationToken);
            await FinishFirstAsync(folder, new JsonObject(), cancellationToken);
            return null;
        }

        if (!reply.IsOk || reply.Body is not { ValueKind: JsonValueKind.Object } body)
        {
            throw AdminException.BrokeOff($"The settings cannot be had: {reply.Message}");
        }

        var settings = JsonObject.Create(body)!;
        if (settings["pki"] is JsonObject pki && pki.Remove(Vendor))
        {
            await problems.AddAsync("settings", "pki.vendor", "may-be-secret", "pki.vendor may hold the key of an account and is left out.", cancellationToken);
        }

        await FinishFirstAsync(folder, settings, cancellationToken);
        return body;
    }

    // From here on the folder is no longer the complete export that it may have been.
    private static Task FinishFirstAsync(WorkFolder folder, JsonObject settings, CancellationToken cancellationToken)
    {
        File.Delete(folder[WorkFolder.Manifest]);
        return folder.WriteJsonAsync(ExportFiles.Settings, settings, cancellationToken);
    }

    // Only this product counts.
    private async Task<long?> CountAsync(ManagementApi api, CancellationToken cancellationToken)
    {
        var reply = await api.GetAsync($"{_service}/device2/identities/count", cancellationToken);
        return reply is { IsOk: true, Body: { } body } && body.Find("count") is { ValueKind: JsonValueKind.Number } count && count.TryGetInt64(out var number) ? number : null;
    }
}
