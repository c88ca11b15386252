using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Murano.Functions.DeviceApi;

namespace Murano.Functions.Documentation;

/// <summary>Sends an asset: 200, compressed for who asks for it; 304 for a caller who has it.</summary>
internal sealed class AssetReply : IResult, IStatusCodeHttpResult
{
    /// <summary>
    /// Nothing from elsewhere, and no script that is not a file of ours. The page's program writes styles into its elements, shows pictures that it carries with
    /// it, and asks this host only.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly Asset _asset;
    private readonly bool _isVersioned;
    private readonly string? _coding;
    private readonly EntityTagHeaderValue _tag;
    private readonly int _status;

    /// <summary>Decides what the caller gets.</summary>
    /// <param name="request">What the caller takes, and has.</param>
    /// <param name="asset">What to send.</param>
    /// <param name="isVersioned">Whether the address names the version, so that nobody needs to ask again.</param>
    public AssetReply(HttpRequest request, Asset asset, bool isVersioned)
    {
        (_asset, _isVersioned) = (asset, isVersioned);
        _coding = ReplyEncoding.Choose(request.Headers.AcceptEncoding) is { } wanted && wanted.Equals(ReplyEncoding.Gzip, StringComparison.Ordinal) ? wanted : null;

        // A compressed body is another representation, so it has another tag.
        _tag = new EntityTagHeaderValue($"\"{_asset.Version}{(_coding is null ? "" : "-gz")}\"");
        var isKnown = EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known) && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(_tag, useStrongComparison: false));
        _status = isKnown ? StatusCodes.Status304NotModified : StatusCodes.Status200OK;
    }

    int? IStatusCodeHttpResult.StatusCode => _status;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.Headers.ETag = _tag.ToString();
        response.Headers.CacheControl = _isVersioned ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers["Referrer-Policy"] = "no-referrer";
        if (_status == StatusCodes.Status304NotModified)
        {
            return;
        }

        var bytes = _coding is null ? _asset.Bytes : _asset.Gzip;
        response.ContentType = _asset.ContentType;
        response.ContentLength = bytes.Length;
        if (_coding is not null)
        {
            response.Headers.ContentEncoding = _coding;
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
