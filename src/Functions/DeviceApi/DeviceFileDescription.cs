using Murano.Functions.Documentation;

namespace Murano.Functions.DeviceApi;

/// <summary>Describes <see cref="ContentFunctions"/>.</summary>
internal static class DeviceFileDescription
{
    private const string AnyType = "*/*";

    private static readonly ContentDescription Csv = new(
        ContentDescription.CsvType, Shape.Text("Ids, one a line; or type, bytes, seconds of the last change and description."), "firmware.bin\r\ndevice2/my-device/log.txt", "image/png,23427,1462500951,Boot splash screen");

    /// <summary>How devices fetch and bring files.</summary>
    public static ApiSection Section { get; } = new(
        "Device: files",
        ApiKind.Device,
        "A device sees the connector's files and its own. Any other is as if it did not exist.",
        new RouteDescription("Device_Content_Download", Caller.Device, "Lists files, or fetches one")
        {
            Detail = "Without `id` the list; with `info=true` what is known of the file, in one line; else the file, or the range of it that `Range` asks for.",
            Parameters =
            [
                ParameterDescription.Query("id", "The file.", example: "firmware.bin"),
                ParameterDescription.Query("info", "`true` for what is known of the file.", Shape.Word("", "true", "false")),
                ParameterDescription.Header("Range", "One range of bytes.", example: "bytes=-5"),
                ParameterDescription.Header("If-None-Match", "Versions that the device has."),
                ParameterDescription.Header("If-Range", "The version, or its date, of which the range is wanted."),
            ],
            Replies =
            [
                new ReplyDescription(200, "The list, the line, or the file.", Csv, new ContentDescription(AnyType, Shape.Bytes("The file in its own type."))) { Headers = [("ETag", "The version."), ("Accept-Ranges", "Always `bytes`."), ("Last-Modified", "The date of the last change.")] },
                ReplyDescription.Empty("There are no files."),
                new ReplyDescription(206, "The range.", new ContentDescription(AnyType, Shape.Bytes())) { Headers = [("Content-Range", "Which bytes, and of how many."), ("ETag", "The version.")] },
                new ReplyDescription(304, "The device has this version.") { Headers = [("ETag", "The version.")] },
            ],
            Refusals = [404, 416],
        },
        new RouteDescription("Device_Content_Upload", Caller.Device, "Stores a file of the device")
        {
            Detail = "The file gets the id `device2/{identity}/{id}`. An upload that breaks off leaves what was there.",
            Parameters = [ParameterDescription.Query("id", "Name of the file.", example: "log.txt") with { IsRequired = true }],
            Body = [new ContentDescription(AnyType, Shape.Bytes("The bytes, below 64 MiB, in the type of `Content-Type`."))],
            Replies = [ReplyDescription.Empty("Stored.")],
        });
}
