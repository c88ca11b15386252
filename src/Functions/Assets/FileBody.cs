using Microsoft.AspNetCore.Http;

namespace Murano.Functions.Assets;

/// <summary>What all replies with a file have in common.</summary>
internal static class FileBody
{
    /// <summary>Sets the headers that keep a browser from making more of a file than it is.</summary>
    /// <param name="response">Where.</param>
    /// <param name="policy">The Content-Security-Policy.</param>
    public static void Guard(HttpResponse response, string policy)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
    }

    /// <summary>Sends the body, of which HEAD gets the headers alone.</summary>
    public static async Task SendAsync(HttpContext context, string contentType, ReadOnlyMemory<byte> bytes)
    {
        var response = context.Response;
        response.ContentType = contentType;
        response.ContentLength = bytes.Length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        try
        {
            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader has gone.
        }
    }
}
