using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Murano.Shared.Content;

namespace Murano.Functions.DeviceApi;

/// <summary>Devices fetch files and bring them (specification a.6).</summary>
public sealed class ContentFunctions(DeviceGate gate, ContentService content, ILogger<ContentFunctions> logger)
{
    /// <summary>
    /// Without an id the list of what the device may see: 200, or 204 when there is nothing. With <c>info=true</c> what is known of a file, in one line; else
    /// the file: 200, 206 for a range, 304, 416; 404 for an id that is not there or not for this device.
    /// </summary>
    [Function("Device_Content_Download")]
    public Task<IResult> Download([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Download)] HttpRequest request) =>
        gate.RunAsync(request, async call =>
        {
            if (!ContentQuery.Parse(request.QueryString.Value).TryGet(out var query, out var failure))
            {
                return failure;
            }

            if (query.Id is null)
            {
                return (await content.ListAsync(call.Device, call.Deadline)).TryGet(out var ids, out failure) ? DeviceReply.List(ids) : failure;
            }

            if (!ContentId.TryParse(query.Id, out var id))
            {
                return ContentFailures.Unknown;
            }

            if (query.WantsInfo)
            {
                return (await content.FindAsync(call.Device, id, call.Deadline)).TryGet(out var item, out failure) ? DeviceReply.Info(item) : failure;
            }

            return (await content.OpenAsync(call.Device, id, FileConditions.Of(request.Headers), call.Deadline)).TryGet(out var answer, out failure)
                ? await FileReply.ForAsync(answer, logger, call.Deadline)
                : failure;
        });

    /// <summary>Stores the body, as it is, under <c>device2/{identity}/{id}</c>: 204; 400 for an id or a type that cannot be; 413 when it is too large.</summary>
    [Function("Device_Content_Upload")]
    public Task<IResult> Upload([HttpTrigger(AuthorizationLevel.Anonymous, "put", "post", Route = Routes.Upload)] HttpRequest request) =>
        gate.RunStreamingAsync(request, async call =>
        {
            if (!(await content.AdmitAsync(call.Device)).TryGet(out _, out var failure) || !ContentQuery.Parse(request.QueryString.Value).TryGet(out var query, out failure))
            {
                return failure;
            }

            if (!ContentId.TryMake(call.Device.Identity, query.Id, out var id))
            {
                return ContentFailures.BadId;
            }

            var type = MediaType.Unknown;
            if (!string.IsNullOrWhiteSpace(request.ContentType) && !MediaType.TryParse(request.ContentType, out type))
            {
                return ContentFailures.BadType;
            }

            return (await content.UploadAsync(call.Device, id, type, call.Body)).TryGet(out _, out failure) ? DeviceReply.Empty : failure;
        });
}
