using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Murano.Shared;

namespace Murano.Unit.Tests.ManagementApi;

/// <summary>JSON in and out of the management API's parts.</summary>
internal static class Json
{
    /// <summary>The same JSON as the product writes it.</summary>
    public static string Compact(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonText.Of(document.RootElement.WriteTo);
    }

    /// <summary>Reads JSON with one of the product's readers.</summary>
    public static T Read<T>(string json, Func<JsonElement, T> read)
    {
        using var document = JsonDocument.Parse(json);
        return read(document.RootElement);
    }

    /// <summary>Status, headers and body of a reply.</summary>
    public static async Task<(int Status, IHeaderDictionary Headers, string Body)> ExecuteAsync(IResult reply)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        await reply.ExecuteAsync(context);
        return (context.Response.StatusCode, context.Response.Headers, Encoding.UTF8.GetString(body.ToArray()));
    }

    /// <summary>A request for replies to look at.</summary>
    public static HttpRequest Request(string method, string path) => new DefaultHttpContext { Request = { Method = method, Path = path } }.Request;
}
