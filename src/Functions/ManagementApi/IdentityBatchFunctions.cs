using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators make and change many identities in one request (specification b.4 CSV form, c.1 addIdentities and updateIdentities).</summary>
public sealed class IdentityBatchFunctions(OperatorGate gate, IdentityBatch batch)
{
    private const string DryRun = "dryRun";

    private static readonly Failure BadDryRun = new Failure.Rejected("bad-parameter", DryRun, "dryRun must be true or false.");

    /// <summary>
    /// A form with a table makes or changes each of its identities: 204; 400 <c>CSV file format invalid</c>, or with the lines that cannot be, and then nothing
    /// was done. A list in JSON makes each, which must be new: 200 with a result for each row.
    /// </summary>
    [Function("Management_IdentityBatch_Post")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.IdentityBatch)] HttpRequest request, string connector) =>
        request.HasFormContentType
            ? gate.RunFormAsync(request, connector, OperatorPermission.ChangeDevices, TakeTableAsync)
            : gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, call => TakeListAsync(call, batch.AddAsync));

    /// <summary>
    /// A list in JSON makes or changes each: 200 with a result for each row; 400 for a body that is no such list, and then nothing was done. With
    /// <c>dryRun=true</c> nothing is done either, and the results say what would change.
    /// </summary>
    [Function("Management_IdentityBatch_Put")]
    public Task<IResult> Put([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = ManagementRoutes.IdentityBatch)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call => call.Request.Query[DryRun].LastOrDefault() switch
        {
            null or "" or "false" => await TakeListAsync(call, batch.PutAsync),
            "true" => await TryListAsync(call),
            _ => BadDryRun,
        });

    private async Task<Outcome<OperatorReply>> TakeTableAsync(OperatorCall call)
    {
        if (!(await IdentityTableForm.ReadAsync(call.Request, call.Connector.Settings.IdentityFormat, call.Cancellation)).TryGet(out var rows, out var failure))
        {
            return failure;
        }

        var failures = (await batch.PutAsync(call.Connector, rows, call.Cancellation)).OfType<Failure>().ToList();
        return failures.Count == 0 ? OperatorReply.Empty : IdentityBatchJson.Summary(failures, rows.Count);
    }

    private async Task<Outcome<OperatorReply>> TryListAsync(OperatorCall call)
    {
        if (!call.TryGetBody(out var body, out var failure) || !IdentityBatchJson.Read(body).TryGet(out var rows, out failure!))
        {
            return failure;
        }

        var good = rows.Where(row => row.Row is not null).ToList();
        var results = await batch.TryAsync(call.Connector, [.. good.Select(row => row.Row!)], call.Cancellation);
        for (var i = 0; i < good.Count; i++)
        {
            (good[i].Changes, good[i].Problem) = results[i].TryGet(out var changes, out failure) ? (changes, null) : ((bool?)null, failure);
        }

        return OperatorReply.Json(json => IdentityBatchJson.WriteResults(json, rows));
    }

    private static async Task<Outcome<OperatorReply>> TakeListAsync(
        OperatorCall call, Func<Connector, IReadOnlyList<IdentityRow>, CancellationToken, Task<IReadOnlyList<Failure?>>> apply)
    {
        if (!call.TryGetBody(out var body, out var failure) || !IdentityBatchJson.Read(body).TryGet(out var rows, out failure!))
        {
            return failure;
        }

        var good = rows.Where(row => row.Row is not null).ToList();
        var results = await apply(call.Connector, [.. good.Select(row => row.Row!)], call.Cancellation);
        for (var i = 0; i < good.Count; i++)
        {
            good[i].Problem = results[i];
        }

        return OperatorReply.Json(json => IdentityBatchJson.WriteResults(json, rows));
    }
}
