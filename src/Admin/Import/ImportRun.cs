using System.Text.Json;
using System.Text.Json.Nodes;
using Murano.Admin.Export;
using Murano.Admin.Files;
using Murano.Admin.Http;

namespace Murano.Admin.Import;

/// <summary>Brings an export into a connector: settings and resources, identities with tags, tokens and values, files. Each run compares first, so one that broke off is gone on with.</summary>
internal sealed class ImportRun(AdminHost host, ImportOptions options)
{
    private const string Results = "import-results.csv";
    private const string DryResults = "import-dry-run.csv";
    private const int PlansAtOnce = 2_000;

    /// <summary>Does it.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var folder = WorkFolder.Open(options.From, isNew: false);
        if (!folder.IsComplete)
        {
            throw new AdminException($"{folder.Path} is no complete export. Run the export again: it goes on.");
        }

        var manifest = await folder.ReadJsonAsync<ExportManifest>(WorkFolder.Manifest, cancellationToken);
        if (manifest.Format > ExportManifest.Current)
        {
            throw new AdminException("The export was written by a newer program.");
        }

        var tokens = await ReadTokensAsync();
        using var api = await ManagementApi.ConnectAsync(host, options.To, options.Email, cancellationToken);
        var name = options.DryRun ? DryResults : Results;
        await using (var results = await ResultLog.BeginAsync(folder, name))
        {
            await results.AddAsync(tokens?.Problems ?? []);
            if (await FindConnectorAsync(api, cancellationToken) is { } connector)
            {
                await BringAsync(folder, api, $"service/{Uri.EscapeDataString(connector)}", tokens, results, cancellationToken);
                await results.AddAsync(tokens?.Unused() ?? []);
            }

            await api.LogOutAsync();
            await host.Out.WriteLineAsync(options.DryRun ? "Nothing was changed. What would be done:" : "What was done:");
            foreach (var line in results.Summary())
            {
                await host.Out.WriteLineAsync(line);
            }

            if (results.Count(ImportOutcome.Changed) == 0 && !options.DryRun)
            {
                await host.Out.WriteLineAsync("Nothing changed.");
            }

            await host.Out.WriteLineAsync($"Each of them stands in {folder[name]}");
            await results.DisposeAsync();
            folder.Finish(name);
            return results.HasTrouble ? ExitCodes.Partly : ExitCodes.Done;
        }
    }

    private async Task<TokenTable?> ReadTokensAsync()
    {
        if (options.Tokens is null)
        {
            return null;
        }

        if (!File.Exists(options.Tokens))
        {
            throw new AdminException($"There is no file {options.Tokens}.");
        }

        using var text = new StreamReader(options.Tokens);
        return await TokenTable.ReadAsync(text);
    }

    private async Task<string?> FindConnectorAsync(ManagementApi api, CancellationToken cancellationToken)
    {
        if (options.Connector is { } given)
        {
            return given;
        }

        var solutions = $"business/{Uri.EscapeDataString(options.Business)}/solution/";
        var list = await api.GetAsync(solutions, cancellationToken);
        if (list is not { IsOk: true, Body: { ValueKind: JsonValueKind.Array } all })
        {
            throw new AdminException($"The connectors cannot be listed: {list.Message}");
        }

        if (all.EnumerateArray().Where(solution => string.Equals(solution.Find("name").AsText(), options.Create, StringComparison.Ordinal)).Select(solution => solution.Find("apiId").AsText()).OfType<string>().FirstOrDefault() is { } found)
        {
            await host.Out.WriteLineAsync($"Connector {found} has this name.");
            return found;
        }

        if (options.DryRun)
        {
            await host.Out.WriteLineAsync($"Connector {options.Create} would be made. What comes after that cannot be tried before.");
            return null;
        }

        var made = await api.SendAsync(HttpMethod.Post, solutions, new JsonObject { ["label"] = options.Create, ["type"] = "product" }.ToJsonString(), cancellationToken, once: true);
        if (!made.IsOk || made.Text("id") is not { } id)
        {
            throw new AdminException($"The connector cannot be made: {made.Message}");
        }

        await host.Out.WriteLineAsync($"Connector {id} is made.");
        return id;
    }

    private async Task BringAsync(WorkFolder folder, ManagementApi api, string service, TokenTable? tokens, ResultLog results, CancellationToken cancellationToken)
    {
        var settings = await folder.ReadJsonAsync<JsonObject>(ExportFiles.Settings, cancellationToken);
        var isEmpty = await IsEmptyAsync(api, service, cancellationToken);
        var resources = await new SettingsImport(api, service, results, options).RunAsync(settings, isEmpty, cancellationToken);
        await host.Out.WriteLineAsync("Settings and resources are looked at.");

        var settable = resources.Where(resource => resource.Value.IsSettable).Select(resource => resource.Key).ToList();
        var target = isEmpty ? new Dictionary<string, TargetDevice>(StringComparer.Ordinal) : await TargetInventory.ReadAsync(api, service, settable, cancellationToken);
        var planner = new ImportPlanner(resources, options.Overwrite);
        var devices = new DeviceImport(host, api, service, results, options);
        var count = 0;
        await using (var file = File.OpenRead(folder[ExportFiles.Devices]))
        {
            await foreach (var some in JsonLines.ReadAsync<ExportedIdentity>(file, ExportFiles.Devices, cancellationToken).Chunk(PlansAtOnce).WithCancellation(cancellationToken))
            {
                await devices.RunAsync([.. some.Select(identity => planner.Plan(identity, target.GetValueOrDefault(identity.Identity), tokens?.Take(identity.Identity)))], cancellationToken);
                count += some.Length;
                await host.Out.WriteLineAsync($"{count} identities.");
            }
        }

        await using var content = File.OpenRead(folder[ExportFiles.Content]);
        await new ContentImport(api, service, new HashedFiles(folder, ExportFiles.ContentFolder), results, options)
            .RunAsync(JsonLines.ReadAsync<ExportedContent>(content, ExportFiles.Content, cancellationToken), cancellationToken);
    }

    private static async Task<bool> IsEmptyAsync(ManagementApi api, string service, CancellationToken cancellationToken)
    {
        var page = await api.GetAsync($"{service}/device2/identity/?limit=1", cancellationToken);
        return page is { IsOk: true, Body: { } body } && body.Find("devices") is { ValueKind: JsonValueKind.Array } devices
            ? devices.GetArrayLength() == 0 && !body.Find("mayLoadMore").AsFlag()
            : throw new AdminException($"The connector's identities cannot be listed: {page.Message}");
    }
}
