using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Murano.Functions.DeviceApi;

namespace Murano.Functions.Assets;

/// <summary>Sends an asset: 200, compressed for who asks for it; 304 for a caller who has it.</summary>
internal sealed class AssetReply : IResult, IStatusCodeHttpResult
{
    private readonly Asset _asset;
    private readonly string _policy;
    private readonly bool _isVersioned;
    private readonly byte[]? _gzip;
    private readonly EntityTagHeaderValue _tag;
    private readonly int _status;

    /// <summary>Decides what the caller gets.</summary>
    /// <param name="request">What the caller takes, and has.</param>
    /// <param name="asset">What to send.</param>
    /// <param name="policy">The Content-Security-Policy.</param>
    /// <param name="isVersioned">Whether the address names the version, so that nobody needs to ask again.</param>
    public AssetReply(HttpRequest request, Asset asset, string policy, bool isVersioned)
    {
        (_asset, _policy, _isVersioned) = (asset, policy, isVersioned);
        _gzip = ReplyEncoding.Choose(request.Headers.AcceptEncoding) is { } wanted && wanted.Equals(ReplyEncoding.Gzip, StringComparison.Ordinal) ? asset.Gzip : null;

        // A compressed body is another representation, so it has another tag.
        _tag = new EntityTagHeaderValue($"\"{_asset.Version}{(_gzip is null ? "" : "-gz")}\"");
        var isKnown = EntityTagHeaderValue.TryParseList(request.Headers.IfNoneMatch, out var known) && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(_tag, useStrongComparison: false));
        _status = isKnown ? StatusCodes.Status304NotModified : StatusCodes.Status200OK;
    }

    int? IStatusCodeHttpResult.StatusCode => _status;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.Headers.ETag = _tag.ToString();
        response.Headers.CacheControl = _isVersioned ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        FileBody.Guard(response, _policy);
        if (_status == StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }

        if (_gzip is not null)
        {
            response.Headers.ContentEncoding = ReplyEncoding.Gzip;
        }

        return FileBody.SendAsync(httpContext, _asset.ContentType, _gzip ?? _asset.Bytes);
    }
}
