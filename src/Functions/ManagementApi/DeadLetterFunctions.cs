using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Events;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators look after events that could not be delivered.</summary>
public sealed class DeadLetterFunctions(OperatorGate gate, DeadLetterService deadLetters)
{
    private static readonly Failure BadLimit = new Failure.Rejected("bad-parameter", "", "limit must be a whole number from 1.");

    /// <summary>A page, in order of time: 200; 400 for a parameter.</summary>
    [Function("Management_DeadLetter_List")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.DeadLetters)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            var limit = DeadLetterService.MaxLimit;
            if (Text(call, "limit") is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit < 1))
            {
                return BadLimit;
            }

            return (await deadLetters.ListAsync(call.Connector.Id, Math.Min(limit, DeadLetterService.MaxLimit), Text(call, "cursor"), call.Cancellation)).TryGet(out var page, out var failure)
                ? OperatorReply.Json(json => DeadLetterJson.WritePage(json, page))
                : failure;
        });

    /// <summary>Sends one again, once: 204 when it arrived; 404; 409 when it did not.</summary>
    [Function("Management_DeadLetter_Retry")]
    public Task<IResult> Retry([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.DeadLetterRetry)] HttpRequest request, string connector, string id) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
            (await deadLetters.RetryAsync(call.Connector, RouteText.Decode(id), call.Cancellation)).TryGet(out _, out var failure) ? OperatorReply.Empty : failure);

    /// <summary>Sends many again, once each: 200 with what became of them; 400 for the cursor; 409 without a destination.</summary>
    [Function("Management_DeadLetter_RetryAll")]
    public Task<IResult> RetryAll([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.DeadLettersRetry)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
            (await deadLetters.RetryAllAsync(call.Connector, Text(call, "cursor"), call.Cancellation)).TryGet(out var done, out var failure)
                ? OperatorReply.Json(json => DeadLetterJson.WriteRetry(json, done))
                : failure);

    /// <summary>Discards one: 204; 404.</summary>
    [Function("Management_DeadLetter_Delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.DeadLetter)] HttpRequest request, string connector, string id) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
            (await deadLetters.DiscardAsync(call.Connector.Id, RouteText.Decode(id), call.Cancellation)).TryGet(out _, out var failure) ? OperatorReply.Empty : failure);

    /// <summary>Discards many: 200 with how many.</summary>
    [Function("Management_DeadLetter_DeleteAll")]
    public Task<IResult> DeleteAll([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.DeadLetters)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
        {
            var (discarded, more) = await deadLetters.DiscardAllAsync(call.Connector.Id, call.Cancellation);
            return OperatorReply.Json(json => DeadLetterJson.WriteDiscarded(json, discarded, more));
        });

    // An empty parameter counts as absent.
    private static string? Text(OperatorCall call, string name) => call.Request.Query[name].LastOrDefault() is { Length: > 0 } text ? text : null;
}
