using Microsoft.AspNetCore.Http;
using Murano.Functions.Assets;

namespace Murano.Functions.Console;

/// <summary>Sends the page's configuration: 200. It changes with the app's settings, so nobody keeps it.</summary>
internal sealed class ConfigReply(ReadOnlyMemory<byte> json) : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status200OK;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.Response.Headers.CacheControl = "no-store";
        FileBody.Guard(httpContext.Response, ConsolePolicy.OfFiles);
        return FileBody.SendAsync(httpContext, "application/json; charset=utf-8", json);
    }
}
