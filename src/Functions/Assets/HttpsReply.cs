using Microsoft.AspNetCore.Http;

namespace Murano.Functions.Assets;

/// <summary>Sends a browser to the same place over https: 308. Nobody keeps it, because whoever sits in between could have sent another one.</summary>
internal sealed class HttpsReply(string address) : IResult, IStatusCodeHttpResult
{
    int? IStatusCodeHttpResult.StatusCode => StatusCodes.Status308PermanentRedirect;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = StatusCodes.Status308PermanentRedirect;
        response.Headers.Location = address;
        response.Headers.CacheControl = "no-store";
        response.ContentLength = 0;
        return Task.CompletedTask;
    }
}
