using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Murano.Functions.DeviceApi;

namespace Murano.Functions.Documentation;

/// <summary>Sends an asset: 200, compressed for who asks for it; 304 for a caller who has it.</summary>
/// <param name="asset">What to send.</param>
/// <param name="isVersioned">Whether the address names the version, so that nobody needs to ask again.</param>
internal sealed class AssetReply(Asset asset, bool isVersioned) : IResult
{
    /// <summary>
    /// Nothing from elsewhere, and no script that is not a file of ours. The page's program writes styles into its elements, shows pictures that it carries with
    /// it, and asks this host only.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var (request, response) = (httpContext.Request, httpContext.Response);
        var coding = ReplyEncoding.Choose(request.Headers.AcceptEncoding) is { } wanted && wanted.Equals(ReplyEncoding.Gzip, StringComparison.Ordinal) ? wanted : null;

        // A compressed body is another representation, so it has another tag.
        var tag = new EntityTagHeaderValue($"\"{asset.Version}{(coding is null ? "" : "-gz")}\"");
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = isVersioned ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known) && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var bytes = coding is null ? asset.Bytes : asset.Gzip;
        response.ContentType = asset.ContentType;
        response.ContentLength = bytes.Length;
        if (coding is not null)
        {
            response.Headers.ContentEncoding = coding;
        }

        try
        {
            await response.Body.WriteAsync(bytes, httpContext.RequestAborted);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The reader has gone.
        }
    }
}
