using System.Text;
using Microsoft.AspNetCore.Http;
using Murano.Functions.Assets;

namespace Murano.Functions.Console;

/// <summary>Says in a sentence why there is no file.</summary>
internal sealed class TextReply(int status, string text) : IResult, IStatusCodeHttpResult
{
    private readonly byte[] _body = Encoding.UTF8.GetBytes(text);

    /// <summary>The build has no page: 503.</summary>
    public static TextReply NoPage { get; } = new(
        StatusCodes.Status503ServiceUnavailable,
        "This build has no management page. Install Node.js 20.19 or newer and build again: dotnet build src/Functions. The APIs are described at /docs.\n");

    /// <summary>The page has no such file: 404. Another version of the page may have had it, so nobody keeps this.</summary>
    public static TextReply NoFile { get; } = new(StatusCodes.Status404NotFound, "");

    int? IStatusCodeHttpResult.StatusCode => status;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.StatusCode = status;
        httpContext.Response.Headers.CacheControl = "no-store";
        FileBody.Guard(httpContext.Response, ConsolePolicy.OfFiles);
        return FileBody.SendAsync(httpContext, "text/plain; charset=utf-8", _body);
    }
}
