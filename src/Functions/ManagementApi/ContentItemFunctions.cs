using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Content;

namespace Murano.Functions.ManagementApi;

/// <summary>Operators' files (specification b.5, c.5): looked at and deleted here; brought and fetched under signed addresses, which are given out here.</summary>
public sealed class ContentItemFunctions(OperatorGate gate, ContentItemService content, SignedAddress addresses, TimeProvider time)
{
    /// <summary>
    /// The files, those of devices among them: 200; their ids, or with <c>full=true</c> all that is known. Parameters: <c>prefix</c>, <c>tags</c> (JSON), and
    /// <c>limit</c> with <c>cursor</c>, which give <c>items</c> and the <c>cursor</c> of the next page; 400 for one that cannot be.
    /// </summary>
    [Function("Management_Content_List")]
    public Task<IResult> List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.ContentItems)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            var parameters = new ContentItemParameters(call.Request.Query);
            if (!parameters.Query().TryGet(out var query, out var failure) || !(await content.ListAsync(call.Connector.Id, query, call.Cancellation)).TryGet(out var page, out failure))
            {
                return failure;
            }

            return OperatorReply.Json(json =>
            {
                if (query.Limit is not null)
                {
                    json.WriteStartObject();
                    json.WritePropertyName("items");
                }

                json.WriteStartArray();
                foreach (var item in page.Items)
                {
                    if (parameters.WantsFull)
                    {
                        ContentJson.WriteInList(json, item);
                    }
                    else
                    {
                        json.WriteStringValue(item.Id.Value);
                    }
                }

                json.WriteEndArray();
                if (query.Limit is not null)
                {
                    json.WriteString("cursor", page.Cursor);
                    json.WriteEndObject();
                }
            });
        });

    /// <summary>What is known of a file: 200; 404.</summary>
    [Function("Management_Content_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.ContentItem)] HttpRequest request, string connector, string id) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
            !TryRead(id, out var item) ? ContentFailures.Unknown
            : (await content.FindAsync(call.Connector.Id, item, call.Cancellation)).TryGet(out var found, out var failure) ? OperatorReply.Json(json => ContentJson.Write(json, found))
            : failure);

    /// <summary>Deletes a file: 200 and its id; 404.</summary>
    [Function("Management_Content_Delete")]
    public Task<IResult> Delete([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.ContentItem)] HttpRequest request, string connector, string id) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
            !TryRead(id, out var item) ? ContentFailures.Unknown
            : (await content.DeleteAsync(call.Connector.Id, item, call.Cancellation)).TryGet(out _, out var failure) ? OperatorReply.Json(json => ContentJson.WriteId(json, item))
            : failure);

    /// <summary>Deletes all files, those of devices among them, or those that <c>prefix</c> and <c>tags</c> name: 200 and their ids; 400 for a parameter that cannot be.</summary>
    [Function("Management_Content_Clear")]
    public Task<IResult> Clear([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = ManagementRoutes.ContentItems)] HttpRequest request, string connector) =>
        gate.RunAsync(request, connector, OperatorPermission.ChangeDevices, async call =>
        {
            if (!new ContentItemParameters(call.Request.Query).Query().TryGet(out var query, out var failure)
                || !(await content.ClearAsync(call.Connector.Id, query with { Limit = null, Cursor = null }, call.Cancellation)).TryGet(out var ids, out failure))
            {
                return failure;
            }

            return OperatorReply.Json(json =>
            {
                json.WriteStartArray();
                foreach (var id in ids)
                {
                    ContentJson.WriteId(json, id);
                }

                json.WriteEndArray();
            });
        });

    /// <summary>Where the file can be fetched, for <c>expires_in</c> seconds: 200; 404; 400 for a parameter that cannot be.</summary>
    [Function("Management_Content_Download")]
    public Task<IResult> Download([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.ContentDownload)] HttpRequest request, string connector, string id) =>
        gate.RunAsync(request, connector, OperatorPermission.Read, async call =>
        {
            if (!TryRead(id, out var item))
            {
                return ContentFailures.Unknown;
            }

            if (!new ContentItemParameters(call.Request.Query).Duration().TryGet(out var duration, out var failure))
            {
                return failure;
            }

            var ticket = Ticket(call, item, duration);
            return (await content.OfferAsync(ticket, call.Cancellation)).TryGet(out var signature, out failure)
                ? OperatorReply.Json(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("url", addresses.Of(call.Request, ticket, signature));
                    json.WriteString("method", "GET");
                    json.WriteString("id", item.Value);
                    json.WriteEndObject();
                })
                : failure;
        });

    /// <summary>Where the file can be sent, for <c>expires_in</c> seconds, as what <c>type</c>, <c>sha256</c> and <c>tags</c> say: 200; 400 for an id or a parameter that cannot be.</summary>
    [Function("Management_Content_Upload")]
    public Task<IResult> Upload([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.ContentUpload)] HttpRequest request, string connector, string id) =>
        gate.RunAsync(request, connector, OperatorPermission.OfferUpload, async call =>
        {
            var parameters = new ContentItemParameters(call.Request.Query);
            if (!TryRead(id, out var item))
            {
                return ContentFailures.BadId;
            }

            if (!parameters.Duration().TryGet(out var duration, out var failure) || !parameters.Terms().TryGet(out var terms, out failure))
            {
                return failure;
            }

            var ticket = Ticket(call, item, duration) with { IsUpload = true, Terms = terms };
            return (await content.InviteAsync(ticket, call.Cancellation)).TryGet(out var signature, out failure)
                ? OperatorReply.Json(json =>
                {
                    json.WriteStartObject();
                    json.WriteString("url", addresses.Of(call.Request, ticket, signature));
                    json.WriteString("method", "POST");
                    json.WriteString("enctype", "multipart/form-data");
                    json.WriteStartObject("inputs");
                    foreach (var (name, value) in UploadForm.InputsOf(terms))
                    {
                        json.WriteString(name, value);
                    }

                    json.WriteEndObject();
                    json.WriteString("field", UploadForm.Field);
                    json.WriteString("id", item.Value);
                    json.WriteEndObject();
                })
                : failure;
        });

    private static bool TryRead(string routeValue, out ContentId id) => ContentId.TryParse(RouteText.Decode(routeValue), out id);

    private ContentTicket Ticket(OperatorCall call, ContentId id, TimeSpan duration) => new()
    {
        IsUpload = false,
        Connector = call.Connector.Id,
        Id = id,
        Expires = EndOf(call.Operator, duration),
        Operator = call.Operator.Id,
    };

    // Never less than what was asked for, but for those about whom nobody can be asked later.
    private long EndOf(OperatorSession session, TimeSpan duration)
    {
        var end = (time.GetUtcNow() + duration).ToUnixTimeSeconds() + 1;
        return session.Ends > 0 ? Math.Min(end, session.Ends / UnixTime.MicrosPerSecond) : end;
    }
}
