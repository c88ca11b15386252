using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Content;

namespace Murano.Functions.ManagementApi;

/// <summary>What lies under signed addresses: the second step of an operator's download or upload (specification b.5).</summary>
public sealed class SignedContentFunctions(SignedGate gate, ContentItemService content, OperatorAudit audit, ILogger<SignedContentFunctions> logger)
{
    private static readonly Failure NoTicket = new Failure.Forbidden("bad-signature", "The address is none that was given out.");

    /// <summary>The file: 200, 206 for a range, 304, 416; 403 for an address that does not hold; 404 when the file has gone.</summary>
    [Function("Management_Content_Signed_Get")]
    public Task<IResult> Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = ManagementRoutes.ContentSigned)] HttpRequest request, string connector, string id) =>
        gate.RunAsync(request, async _ =>
        {
            if (!SignedAddress.TryRead(request, connector, id, isUpload: false, out var ticket, out var signature))
            {
                return NoTicket;
            }

            if (!(await content.AdmitAsync(ticket, signature)).TryGet(out var _, out var failure)
                || !(await content.OpenAsync(ticket, FileConditions.Of(request.Headers), request.HttpContext.RequestAborted)).TryGet(out var answer, out failure))
            {
                return failure;
            }

            Shield(request.HttpContext.Response.Headers, ticket.Id);
            return await FileReply.ForAsync(answer, logger, request.HttpContext.RequestAborted);
        });

    /// <summary>Takes the file as a form, all inputs first: 204; 400 for a form that is none or bytes of another SHA-256; 403 for an address or inputs that do not hold; 413.</summary>
    [Function("Management_Content_Signed_Post")]
    public Task<IResult> Post([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = ManagementRoutes.ContentSigned)] HttpRequest request, string connector, string id) =>
        gate.RunAsync(request, async body =>
        {
            if (!SignedAddress.TryRead(request, connector, id, isUpload: true, out var ticket, out var signature))
            {
                return NoTicket;
            }

            var form = new UploadForm(body);
            if (!(await form.ReadTermsAsync(request.ContentType)).TryGet(out var terms, out var failure))
            {
                return failure;
            }

            ticket = ticket with { Terms = terms };
            if (!(await content.AdmitAsync(ticket, signature)).TryGet(out var session, out failure) || !(await content.UploadAsync(ticket, form)).TryGet(out _, out failure))
            {
                return failure;
            }

            await audit.NoteAsync(request, session, connector, OperatorReply.Empty.Status, request.Path.Value ?? "");
            return OperatorReply.Empty;
        });

    // Devices bring what they like, and a browser shows it under the address of the management page: it is to be saved, and never run.
    private static void Shield(IHeaderDictionary headers, ContentId id)
    {
        var name = new ContentDispositionHeaderValue("attachment");
        name.SetHttpFileName(id.Value[(id.Value.LastIndexOf('/') + 1)..]);
        headers.ContentDisposition = name.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox";
        headers.CacheControl = "private, no-store";
    }
}
