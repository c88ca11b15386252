using Microsoft.AspNetCore.Http.Features;

namespace Murano.LocalHost.Routing;

/// <summary>Lets the app set its own limit on a request's body, but none above the host's.</summary>
internal sealed class BodyLimitFeature : IHttpMaxRequestBodySizeFeature
{
    private readonly IHttpMaxRequestBodySizeFeature _inner;
    private readonly long _hostLimit;

    public BodyLimitFeature(IHttpMaxRequestBodySizeFeature inner, long hostLimit)
    {
        _inner = inner;
        _hostLimit = hostLimit;
        if (!inner.IsReadOnly)
        {
            MaxRequestBodySize = inner.MaxRequestBodySize;
        }
    }

    public bool IsReadOnly => _inner.IsReadOnly;

    public long? MaxRequestBodySize
    {
        get => _inner.MaxRequestBodySize;
        set => _inner.MaxRequestBodySize = Math.Min(value ?? long.MaxValue, _hostLimit);
    }
}
