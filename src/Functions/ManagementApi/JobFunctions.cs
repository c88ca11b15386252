using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Jobs;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators import, export and change many identities at once, with a result for each.</summary>
public sealed class JobFunctions(OperatorGate gate, JobService jobs)
{
    private static readonly Failure BadFormat = new Failure.Rejected("bad-parameter", "format", "format must be json or csv.");
    private static readonly Failure BadCursor = new Failure.Rejected("bad-cursor", "", "cursor must be the one that came with the page before.");

    /// <summary>Starts a job: 200 and the job; 400; 413. A form brings a table to import; JSON anything else. With <c>preview</c> nothing is started, and the reply is what would be worked on.</summary>
    [Function("Management_Job_Post")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.Jobs)] HttpRequest request, string connector) =>
        request.HasFormContentType
            ? gate.RunFormAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
                (await IdentityTableForm.ReadRowsAsync(call.Request, call.Cancellation)).TryGet(out var table, out var failure)
                    ? await StartAsync(call, new JobRequest { Kind = JobKind.Import, Rows = table.Rows, DryRun = table.DryRun })
                    : failure)
            : gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
                call.TryGetBody(out var body, out var failure) && JobRequest.Read(body).TryGet(out var wanted, out failure!) ? await StartAsync(call, wanted) : failure);

    /// <summary>The jobs, the newest first: 200.</summary>
    [Function("Management_Job_List")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Jobs)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            var found = await jobs.ListAsync(call.Connector.Id, call.Cancellation);
            return OperatorReply.Json(json => JobJson.WriteList(json, found));
        });

    /// <summary>A job as it stands: 200; 404. Asking advances it.</summary>
    [Function("Management_Job_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.Job)] HttpRequest request, string connector, string job) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
            (await jobs.GetAsync(call.Connector.Id, job, call.Cancellation)).TryGet(out var found, out var failure) ? OperatorReply.Json(json => JobJson.Write(json, found)) : failure);

    /// <summary>A page of results, in order of the rows: 200, with a <c>cursor</c> while there may be more; with <c>format=csv</c> all as a table; 400; 404; 413.</summary>
    [Function("Management_Job_Results")]
    public Task<IResult> Results([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.JobResults)] HttpRequest request, string connector, string job) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            switch (call.Request.Query["format"].LastOrDefault())
            {
                case "csv":
                    return (await jobs.ReadTableAsync(call.Connector.Id, job, call.Cancellation)).TryGet(out var table, out var refused)
                        ? OperatorReply.Table($"{JobJson.Word(table.Job.Kind)}-{table.Job.Id}.csv", table.Lines)
                        : refused;
                case null or "" or "json":
                    break;
                default:
                    return BadFormat;
            }

            if (!TryReadStep(call.Request.Query["cursor"].LastOrDefault(), out var step))
            {
                return BadCursor;
            }

            return (await jobs.ReadResultsAsync(call.Connector.Id, job, step, call.Cancellation)).TryGet(out var found, out var failure)
                ? OperatorReply.Json(json => JobJson.WriteResults(json, found.Job, found.Results, step))
                : failure;
        });

    /// <summary>Cancels a job that goes on, or removes one that has ended: 204; 404.</summary>
    [Function("Management_Job_Delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.Job)] HttpRequest request, string connector, string job) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
            (await jobs.EndAsync(call.Connector.Id, job, call.Cancellation)).TryGet(out _, out var failure) ? OperatorReply.Empty : failure);

    private async Task<Outcome<OperatorReply>> StartAsync(OperatorCall call, JobRequest wanted)
    {
        var rows = wanted.Rows;
        if (rows is null)
        {
            if (!(await jobs.ChooseAsync(call.Connector, wanted.Filter, call.Cancellation)).TryGet(out rows, out var refused))
            {
                return refused;
            }
        }

        if (wanted.IsPreview)
        {
            return OperatorReply.Json(json => JobJson.WritePreview(json, rows));
        }

        return (await jobs.StartAsync(call.Connector, call.Operator, wanted.Kind, wanted.Work, rows, wanted.DryRun, call.Cancellation)).TryGet(out var job, out var failure)
            ? OperatorReply.Json(json => JobJson.Write(json, job))
            : failure;
    }

    private static bool TryReadStep(string? text, out int step)
    {
        step = 0;
        return string.IsNullOrEmpty(text) || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out step) && step <= Job.MaxRows / Job.RowsInStep);
    }
}
