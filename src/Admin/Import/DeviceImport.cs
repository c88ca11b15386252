using System.Text.Json;
using System.Text.Json.Nodes;
using Murano.Admin.Export;
using Murano.Admin.Http;

namespace Murano.Admin.Import;

/// <summary>Does the plans of many identities: identities and tags by import jobs, tokens by batches, values one device at a time.</summary>
internal sealed class DeviceImport(AdminHost host, ManagementApi api, string service, ResultLog results, ImportOptions options)
{
    private const int RowsInBatch = 250;
    private const int MaxBodyCharacters = 300_000; // a body has at most 1 MiB, and a character of a row at most three bytes
    private const int BusyTries = 8;
    private const int Busy = 503;

    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(3);

    private readonly string _device2 = $"{service}/device2";

    /// <summary>Does some plans.</summary>
    public async Task RunAsync(IReadOnlyList<ImportPlan> plans, CancellationToken cancellationToken)
    {
        await results.AddAsync(plans.SelectMany(plan => plan.Results));
        HashSet<string> lost = new(StringComparer.Ordinal);
        foreach (var some in InBodies(plans.Where(plan => plan.Row is not null)))
        {
            await ImportRowsAsync(some, lost, cancellationToken);
        }

        foreach (var some in plans.Where(plan => plan.Token is not null && !lost.Contains(plan.Identity)).Chunk(RowsInBatch))
        {
            await SetTokensAsync(some, cancellationToken);
        }

        await ReprovisionAsync([.. plans.Where(plan => plan.Reprovision && !lost.Contains(plan.Identity))], cancellationToken);
        await Parallel.ForEachAsync(
            plans.Where(plan => plan.Values.Count > 0 && !lost.Contains(plan.Identity)),
            new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken },
            async (plan, token) => await SetValuesAsync(plan, token));
        await results.AddAsync(plans.Where(plan => lost.Contains(plan.Identity) && (plan.Token is not null || plan.Values.Count > 0)).Select(plan =>
            new ImportResult("device", plan.Identity, "rest", ImportOutcome.Failed, "identity-failed", "Its token and values were not tried.")));
    }

    private async Task ImportRowsAsync(List<ImportPlan> plans, HashSet<string> lost, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["kind"] = "import", ["dryRun"] = options.DryRun, ["rows"] = new JsonArray([.. plans.Select(plan => plan.Row!.DeepClone())]) };
        var reply = await api.SendAsync(HttpMethod.Post, $"{_device2}/jobs", body.ToJsonString(), cancellationToken);
        for (var pause = FirstLook; reply.IsOk && reply.Text("status") is "running"; pause = pause * 2 < LongestLook ? pause * 2 : LongestLook)
        {
            await host.Wait(pause, cancellationToken);
            reply = await api.GetAsync($"{_device2}/jobs/{reply.Text("id")}", cancellationToken);
        }

        if (!reply.IsOk || reply.Text("id") is not { } id)
        {
            throw AdminException.BrokeOff($"The import of identities broke off: {reply.Message}");
        }

        List<JsonElement> rows = [];
        string? cursor = null;
        do
        {
            var page = await api.GetAsync($"{_device2}/jobs/{id}/results?cursor={cursor}", cancellationToken);
            if (!page.IsOk || page.Body is not { } found || found.Find("results") is not { ValueKind: JsonValueKind.Array } list)
            {
                throw AdminException.BrokeOff($"The results of a job cannot be had: {page.Message}");
            }

            rows.AddRange(list.EnumerateArray());
            cursor = found.Find("cursor").AsText();
        }
        while (cursor is not null);

        if (rows.Count != plans.Count)
        {
            throw AdminException.BrokeOff("The job was ended by somebody else.");
        }

        foreach (var (plan, row) in plans.Zip(rows))
        {
            var outcome = row.Find("result").AsText() switch
            {
                "changed" => ImportOutcome.Changed,
                "unchanged" => ImportOutcome.Unchanged,
                _ => ImportOutcome.Failed,
            };
            if (outcome == ImportOutcome.Failed && plan.IsNew)
            {
                lost.Add(plan.Identity);
            }

            var result = new ImportResult("device", plan.Identity, "identity", outcome, row.Find("reason").AsText() ?? "", row.Find("message").AsText() ?? "");
            await results.AddAsync(plan.HasTags ? [result, result with { What = "tags" }] : [result]);
        }

        // Its results are in the file now; a job that stays does no harm.
        await api.SendAsync(HttpMethod.Delete, $"{_device2}/jobs/{id}", null, cancellationToken);
    }

    private async Task SetTokensAsync(IReadOnlyList<ImportPlan> plans, CancellationToken cancellationToken)
    {
        HashSet<string> done = new(StringComparer.Ordinal);
        if (options is { Overwrite: false, DryRun: false })
        {
            await LookAgainAsync(plans, done, cancellationToken);
        }

        foreach (var (plan, row) in await PutAsync([.. plans.Where(plan => plan.IsTokenInDoubt && !done.Contains(plan.Identity))], TokenRow, dryRun: true, cancellationToken))
        {
            if (row.Find("status").AsText() is not "204")
            {
                done.Add(plan.Identity);
                await results.AddAsync(ResultOf(plan, "token", row));
            }
            else if (!row.Find("changed").AsFlag())
            {
                done.Add(plan.Identity);
                await results.AddAsync(new ImportResult("device", plan.Identity, "token", ImportOutcome.Unchanged));
            }
            else if (!options.Overwrite)
            {
                done.Add(plan.Identity);
                await results.AddAsync(new ImportResult("device", plan.Identity, "token", ImportOutcome.Conflict, "token-differs", "It has another credential here, which stays."));
            }
        }

        List<ImportPlan> rest = [.. plans.Where(plan => !done.Contains(plan.Identity))];
        if (options.DryRun)
        {
            await results.AddAsync(rest.Select(plan => new ImportResult("device", plan.Identity, "token", ImportOutcome.Changed)));
            return;
        }

        foreach (var (plan, row) in await PutAsync(rest, TokenRow, dryRun: false, cancellationToken))
        {
            await results.AddAsync(ResultOf(plan, "token", row));
        }
    }

    // Since the list was read a device may have activated itself, and operators may have taken its credential away.
    private async Task LookAgainAsync(IReadOnlyList<ImportPlan> plans, HashSet<string> done, CancellationToken cancellationToken)
    {
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Parallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(plans, parallel, async (plan, token) =>
        {
            var reply = await api.GetAsync($"{_device2}/identity/{Uri.EscapeDataString(plan.Identity)}", token);
            var facts = reply is { IsOk: true, Body: { } body } ? MuranoIdentity.Read(body).Identity : null;
            var result = reply.Status == 404 ? new ImportResult("device", plan.Identity, "token", ImportOutcome.Failed, "gone", "It was deleted while the import ran.")
                : facts is null ? throw AdminException.BrokeOff($"Identity {plan.Identity} cannot be had: {reply.Message}")
                : new TargetDevice { Facts = facts } is { WasRevoked: true } ? ImportPlan.Revoked(plan.Identity)
                : null;
            plan.IsTokenInDoubt = facts is not null && new TargetDevice { Facts = facts }.IsProvisioned;
            plan.Reprovision &= result is null && !plan.IsTokenInDoubt;
            if (result is not null)
            {
                lock (done)
                {
                    done.Add(plan.Identity);
                }

                await results.AddAsync(result);
            }
        });
    }

    private async Task ReprovisionAsync(IReadOnlyList<ImportPlan> plans, CancellationToken cancellationToken)
    {
        if (options.DryRun)
        {
            await results.AddAsync(plans.Select(plan => new ImportResult("device", plan.Identity, "reprovision", ImportOutcome.Changed)));
            return;
        }

        foreach (var (plan, row) in await PutAsync(plans, plan => new JsonObject { ["identity"] = plan.Identity, ["reprovision"] = true }, dryRun: false, cancellationToken))
        {
            await results.AddAsync(ResultOf(plan, "reprovision", row));
        }
    }

    // Rows that were not done because storage or time ran out are sent again.
    private async Task<List<(ImportPlan Plan, JsonElement Row)>> PutAsync(IReadOnlyList<ImportPlan> plans, Func<ImportPlan, JsonObject> rowOf, bool dryRun, CancellationToken cancellationToken)
    {
        List<(ImportPlan, JsonElement)> all = [];
        foreach (var chunk in plans.Chunk(RowsInBatch))
        {
            ImportPlan[] left = chunk;
            for (var number = 1; left.Length > 0; number++)
            {
                var reply = await api.SendAsync(HttpMethod.Put, $"{_device2}/identities{(dryRun ? "?dryRun=true" : "")}", new JsonArray([.. left.Select(rowOf)]).ToJsonString(), cancellationToken);
                if (!reply.IsOk || reply.Body is not { ValueKind: JsonValueKind.Array } rows || rows.GetArrayLength() != left.Length)
                {
                    throw AdminException.BrokeOff($"A batch of identities was not taken: {reply.Message}");
                }

                var found = left.Zip(rows.EnumerateArray()).ToList();
                number = found.Exists(one => !IsBusy(one.Second)) ? 1 : number;
                var isLast = number >= BusyTries;
                all.AddRange(found.Where(one => isLast || !IsBusy(one.Second)));
                left = isLast ? [] : [.. found.Where(one => IsBusy(one.Second)).Select(one => one.First)];
                if (left.Length > 0)
                {
                    await host.Wait(TimeSpan.FromSeconds(number), cancellationToken);
                }
            }
        }

        return all;
    }

    private async Task SetValuesAsync(ImportPlan plan, CancellationToken cancellationToken)
    {
        if (options.DryRun)
        {
            await results.AddAsync(plan.Values.Select(_ => ValueResult(plan, ImportOutcome.Changed)));
            return;
        }

        var path = $"{_device2}/identity/{Uri.EscapeDataString(plan.Identity)}/state";
        var reply = await api.SendAsync(HttpMethod.Patch, path, plan.Values.ToJsonString(), cancellationToken);
        if (reply.IsOk)
        {
            await results.AddAsync(plan.Values.Select(_ => ValueResult(plan, ImportOutcome.Changed)));
            return;
        }

        // All or none: one by one the good ones are set.
        foreach (var (alias, value) in plan.Values)
        {
            var one = await api.SendAsync(HttpMethod.Patch, path, new JsonObject { [alias] = value?.DeepClone() }.ToJsonString(), cancellationToken);
            await results.AddAsync(one.IsOk ? ValueResult(plan, ImportOutcome.Changed) : ValueResult(plan, ImportOutcome.Failed) with { Reason = one.Reason, Message = $"{alias}: {one.Message}" });
        }
    }

    private static ImportResult ValueResult(ImportPlan plan, ImportOutcome outcome) => new("device", plan.Identity, "values", outcome);

    private static JsonObject TokenRow(ImportPlan plan) => new() { ["identity"] = plan.Identity, ["auth"] = new JsonObject { ["type"] = "token", ["key"] = plan.Token } };

    private static bool IsBusy(JsonElement row) => row.Find("status") is { ValueKind: JsonValueKind.Number } status && status.GetInt32() == Busy;

    private static ImportResult ResultOf(ImportPlan plan, string what, JsonElement row) => row.Find("status").AsText() switch
    {
        "204" => new("device", plan.Identity, what, ImportOutcome.Changed),
        "409" => new("device", plan.Identity, what, ImportOutcome.Conflict, row.Find("reason").AsText() ?? "", row.Find("message").AsText() ?? ""),
        _ => new("device", plan.Identity, what, ImportOutcome.Failed, row.Find("reason").AsText() ?? "", row.Find("message").AsText() ?? ""),
    };

    private static IEnumerable<List<ImportPlan>> InBodies(IEnumerable<ImportPlan> plans)
    {
        List<ImportPlan> some = [];
        var length = 0;
        foreach (var plan in plans)
        {
            var more = plan.Row!.ToJsonString().Length;
            if (some.Count > 0 && length + more > MaxBodyCharacters)
            {
                yield return some;
                (some, length) = ([], 0);
            }

            some.Add(plan);
            length += more;
        }

        if (some.Count > 0)
        {
            yield return some;
        }
    }
}
