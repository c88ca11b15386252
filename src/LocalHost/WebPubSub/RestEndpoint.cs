using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Murano.LocalHost.WebPubSub;

/// <summary>What servers ask for: <c>/api/hubs/{hub}/…</c>, with the service's own codes. Filters are not emulated, and refused.</summary>
internal sealed class RestEndpoint(string accessKey, TimeProvider time)
{
    private const int DefaultMinutes = 60;
    private const int PageSize = 200;

    /// <summary>Answers one call.</summary>
    /// <param name="context">The call.</param>
    /// <param name="hub">The hub.</param>
    /// <param name="name">The hub's name.</param>
    /// <param name="rest">The path below it, decoded.</param>
    public async Task ServeAsync(HttpContext context, Hub hub, string name, string[] rest)
    {
        var (request, response) = (context.Request, context.Response);
        var bearer = request.Headers.Authorization.ToString();
        if (!bearer.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) || await HubToken.ReadAsync(bearer["Bearer ".Length..], accessKey, WebPubSubEmulator.PathOf(request)) is null)
        {
            await FailAsync(response, StatusCodes.Status401Unauthorized, "Unauthorized", "The token does not hold for this address.");
            return;
        }

        if (request.Query.ContainsKey("filter"))
        {
            await FailAsync(response, StatusCodes.Status400BadRequest, "BadRequest", "The emulator knows no filters.");
            return;
        }

        switch (request.Method, rest)
        {
            case ("POST", [":send"]):
                await SendAsync(context, hub.Connections, null);
                break;
            case ("POST", ["groups", var group, ":send"]) when HubNames.IsGroup(group):
                await SendAsync(context, hub.MembersOf(group), group);
                break;
            case ("POST", ["users", var user, ":send"]):
                await SendAsync(context, hub.ConnectionsOf(user), null);
                break;
            case ("POST", ["connections", var id, ":send"]):
                await SendAsync(context, hub.Find(id) is { } target ? [target] : [], null);
                break;
            case ("POST", [":generateToken"]):
                await GenerateAsync(context, name);
                break;
            case ("POST", [":closeConnections"]):
                Close(context, hub, hub.Connections);
                break;
            case ("POST", ["groups", var group, ":closeConnections"]) when HubNames.IsGroup(group):
                Close(context, hub, hub.MembersOf(group));
                break;
            case ("POST", ["users", var user, ":closeConnections"]):
                Close(context, hub, hub.ConnectionsOf(user));
                break;
            case ("DELETE", ["connections", var id]):
                Close(context, hub, hub.Find(id) is { } closed ? [closed] : []);
                break;
            case ("HEAD", ["connections", var id]):
                Exists(response, hub.Find(id) is not null);
                break;
            case ("HEAD", ["groups", var group]):
                Exists(response, hub.MembersOf(group).Count > 0);
                break;
            case ("HEAD", ["users", var user]):
                Exists(response, hub.ConnectionsOf(user).Count > 0);
                break;
            case ("GET", ["groups", var group, "connections"]) when HubNames.IsGroup(group):
                await ListAsync(context, hub.MembersOf(group));
                break;
            default:
                await ChangeAsync(context, hub, rest);
                break;
        }
    }

    /// <summary>Answers with an error body.</summary>
    public static Task FailAsync(HttpResponse response, int status, string code, string message)
    {
        response.StatusCode = status;
        return HttpMethods.IsHead(response.HttpContext.Request.Method)
            ? Task.CompletedTask
            : response.WriteAsJsonAsync(new { error = new { code, message } });
    }

    private static Task ChangeAsync(HttpContext context, Hub hub, string[] rest)
    {
        var response = context.Response;
        switch (context.Request.Method, rest)
        {
            case ("PUT", ["groups", var group, "connections", var id]) when HubNames.IsGroup(group):
                if (hub.Find(id) is not { } added)
                {
                    return FailAsync(response, StatusCodes.Status404NotFound, "NotFound", "There is no such connection.");
                }

                hub.Join(group, added);
                return Task.CompletedTask;
            case ("DELETE", ["groups", var group, "connections", var id]):
                ForEach(hub.Find(id) is { } left ? [left] : [], connection => hub.Leave(group, connection));
                break;
            case ("PUT", ["users", var user, "groups", var group]) when HubNames.IsGroup(group):
                ForEach(hub.ConnectionsOf(user), connection => hub.Join(group, connection));
                return Task.CompletedTask;
            case ("DELETE", ["users", var user, "groups", var group]):
                ForEach(hub.ConnectionsOf(user), connection => hub.Leave(group, connection));
                break;
            case ("DELETE", ["users", var user, "groups"]):
                ForEach(hub.ConnectionsOf(user), hub.LeaveAll);
                break;
            case ("DELETE", ["connections", var id, "groups"]):
                ForEach(hub.Find(id) is { } gone ? [gone] : [], hub.LeaveAll);
                break;
            case (_, ["permissions", HubPermissions.JoinLeave or HubPermissions.Send, "connections", _]):
                return PermitAsync(context, hub, rest[1], rest[3]);
            default:
                return FailAsync(response, StatusCodes.Status404NotFound, "NotFound", "The emulator does not know this address.");
        }

        response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task PermitAsync(HttpContext context, Hub hub, string permission, string id)
    {
        var response = context.Response;
        var group = context.Request.Query["targetName"].FirstOrDefault();
        if (hub.Find(id) is not { } connection)
        {
            return FailAsync(response, StatusCodes.Status404NotFound, "NotFound", "There is no such connection.");
        }

        switch (context.Request.Method)
        {
            case "PUT":
                connection.Permissions.Grant(permission, group);
                break;
            case "DELETE":
                connection.Permissions.Revoke(permission, group);
                response.StatusCode = StatusCodes.Status204NoContent;
                break;
            case "HEAD":
                Exists(response, connection.Permissions.Has(permission, group));
                break;
            default:
                response.StatusCode = StatusCodes.Status405MethodNotAllowed;
                break;
        }

        return Task.CompletedTask;
    }

    private static async Task SendAsync(HttpContext context, IEnumerable<HubConnection> targets, string? group)
    {
        var body = await ReadAsync(context.Request);
        if (body is null)
        {
            await FailAsync(context.Response, StatusCodes.Status413PayloadTooLarge, "PayloadTooLarge", "A message has at most 1 MB.");
            return;
        }

        MessageType? type = context.Request.ContentType?.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "text/plain" => MessageType.Text,
            "application/json" => MessageType.Json,
            "application/octet-stream" => MessageType.Binary,
            "application/x-protobuf" => MessageType.Protobuf,
            _ => null,
        };
        if (type is null || (type == MessageType.Json && !IsJson(body)) || (type == MessageType.Text && !IsText(body)))
        {
            await FailAsync(context.Response, StatusCodes.Status400BadRequest, "BadRequest", "The body is not of its type, or its type is not known.");
            return;
        }

        await Hub.SendAsync(targets, new HubMessage(type.Value, body, group), Excluded(context));
        context.Response.StatusCode = StatusCodes.Status202Accepted;
    }

    private Task GenerateAsync(HttpContext context, string hub)
    {
        var query = context.Request.Query;
        var minutes = DefaultMinutes;
        if (query["minutesToExpire"].FirstOrDefault() is { } text && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out minutes) || minutes < 1))
        {
            return FailAsync(context.Response, StatusCodes.Status400BadRequest, "BadRequest", "minutesToExpire must be 1 or more.");
        }

        var token = new HubToken(query["userId"].FirstOrDefault(), [.. query["role"].OfType<string>()], [.. query["group"].OfType<string>()]);
        return context.Response.WriteAsJsonAsync(new { token = token.Write(accessKey, $"{context.Request.Scheme}://{context.Request.Host}/client/hubs/{hub}", time.GetUtcNow(), TimeSpan.FromMinutes(minutes)) });
    }

    private static void Close(HttpContext context, Hub hub, IEnumerable<HubConnection> targets)
    {
        hub.Close([.. targets], context.Request.Query["reason"].FirstOrDefault(), Excluded(context));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task ListAsync(HttpContext context, IReadOnlyList<HubConnection> members)
    {
        var query = context.Request.Query;
        var size = Math.Clamp(int.TryParse(query["maxpagesize"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var most) ? most : PageSize, 1, PageSize);
        var after = query["continuationToken"].FirstOrDefault() ?? "";
        var page = members.OrderBy(member => member.Id, StringComparer.Ordinal).Where(member => string.CompareOrdinal(member.Id, after) > 0).Take(size + 1).ToList();
        var next = page.Count > size ? $"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}?maxpagesize={size}&continuationToken={page[size - 1].Id}" : null;
        return context.Response.WriteAsJsonAsync(new { value = page.Take(size).Select(member => new { connectionId = member.Id, userId = member.User }), nextLink = next });
    }

    private static void Exists(HttpResponse response, bool exists) => response.StatusCode = exists ? StatusCodes.Status200OK : StatusCodes.Status404NotFound;

    private static void ForEach(IEnumerable<HubConnection> connections, Action<HubConnection> action)
    {
        foreach (var connection in connections)
        {
            action(connection);
        }
    }

    private static string[] Excluded(HttpContext context) => [.. context.Request.Query["excluded"].OfType<string>()];

    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0;)
        {
            body.Write(buffer, 0, read);
            if (body.Length > HubMessage.MaxBytes)
            {
                return null;
            }
        }

        return body.ToArray();
    }

    private static bool IsJson(byte[] body)
    {
        try
        {
            JsonSerializer.Deserialize<JsonElement>(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsText(byte[] body) => System.Text.Unicode.Utf8.IsValid(body);
}
