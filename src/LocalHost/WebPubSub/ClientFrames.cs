using System.Text;
using System.Text.Json;

namespace Murano.LocalHost.WebPubSub;

/// <summary>Does what frames of the JSON protocols ask for. Data of one client goes out in the order in which it came.</summary>
internal sealed class ClientFrames(Hub hub, HubConnection connection)
{
    private const string Forbidden = "Forbidden";
    private const string Bad = "BadRequest";
    private const string Missing = "InternalServerError";

    /// <summary>Answers what can be answered at once.</summary>
    /// <param name="bytes">The frame.</param>
    /// <param name="later">What has to wait for others; null = nothing.</param>
    /// <returns>False when the frame is no JSON object with a type, which ends the connection.</returns>
    public bool Read(ReadOnlyMemory<byte> bytes, out Func<Task>? later)
    {
        later = null;
        JsonElement frame;
        try
        {
            frame = JsonSerializer.Deserialize<JsonElement>(bytes.Span);
        }
        catch (JsonException)
        {
            return false;
        }

        if (frame.ValueKind != JsonValueKind.Object || Text(frame, "type") is not { } type)
        {
            return false;
        }

        switch (type)
        {
            case "ping":
                connection.Answer(Frames.Pong);
                return true;
            case "sequenceAck":
                connection.Acknowledge(Number(frame, "sequenceId") ?? 0);
                return true;
            case "invoke":
                connection.Answer(Frames.NotInvoked(Text(frame, "invocationId") ?? ""));
                return true;
            default:
                later = () => HandleAsync(type, frame);
                return true;
        }
    }

    private async Task HandleAsync(string type, JsonElement frame)
    {
        var ackId = Number(frame, "ackId");
        if (ackId is { } id && !connection.IsNew(id))
        {
            connection.Answer(Frames.Ack(id, "Duplicate", "A request with this id came before."));
            return;
        }

        var (error, message) = type switch
        {
            "joinGroup" or "leaveGroup" => Move(frame, type is "joinGroup"),
            "sendToGroup" => await SendAsync(frame),
            "event" => (null, null), // nobody handles events here, as with a hub that has no handlers
            "streamData" or "streamEnd" or "setGroupState" or "subscribeGroupState" or "unsubscribeGroupState" => (Missing, "The emulator does not know streams and states of groups."),
            _ => (null, null),
        };
        if (ackId is { } answered)
        {
            connection.Answer(Frames.Ack(answered, error, message));
        }
    }

    private (string? Error, string? Message) Move(JsonElement frame, bool joins)
    {
        if (Check(frame, HubPermissions.JoinLeave, out var group) is { Error: not null } refusal)
        {
            return refusal;
        }

        if (joins)
        {
            hub.Join(group, connection);
        }
        else
        {
            hub.Leave(group, connection);
        }

        return (null, null);
    }

    private async Task<(string? Error, string? Message)> SendAsync(JsonElement frame)
    {
        if (Check(frame, HubPermissions.Send, out var group) is { Error: not null } refusal)
        {
            return refusal;
        }

        if (!TryReadData(frame, out var type, out var data))
        {
            return (Bad, "The data is not of its dataType.");
        }

        var echoes = frame.TryGetProperty("noEcho", out var noEcho) && noEcho.ValueKind == JsonValueKind.True ? (string[])[connection.Id] : [];
        await Hub.SendAsync(hub.MembersOf(group), new HubMessage(type, data, group, connection.User), echoes);
        return (null, null);
    }

    private (string? Error, string? Message) Check(JsonElement frame, string permission, out string group)
    {
        group = Text(frame, "group") ?? "";
        return !HubNames.IsGroup(group) ? (Bad, "The group has no name that a group can have.")
            : connection.Permissions.Has(permission, group) ? (null, null)
            : (Forbidden, $"The client does not have permission {permission} for the group.");
    }

    private static bool TryReadData(JsonElement frame, out MessageType type, out ReadOnlyMemory<byte> bytes)
    {
        (type, bytes) = (MessageType.Json, default);
        if (!frame.TryGetProperty("data", out var data))
        {
            return false;
        }

        switch (Text(frame, "dataType") ?? "json")
        {
            case "json":
                bytes = Encoding.UTF8.GetBytes(data.GetRawText());
                return true;
            case "text" when data.ValueKind == JsonValueKind.String:
                (type, bytes) = (MessageType.Text, Encoding.UTF8.GetBytes(data.GetString()!));
                return true;
            case "binary" or "protobuf" when data.ValueKind == JsonValueKind.String && data.TryGetBytesFromBase64(out var decoded):
                (type, bytes) = (Text(frame, "dataType") is "binary" ? MessageType.Binary : MessageType.Protobuf, decoded);
                return true;
            default:
                return false;
        }
    }

    private static string? Text(JsonElement frame, string name) => frame.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ulong? Number(JsonElement frame, string name) => frame.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt64(out var number) ? number : null;
}
