using Microsoft.AspNetCore.Http.Features;

namespace Murano.LocalHost.Routing;

/// <summary>A request's lifetime that ends when the client leaves or when the front end gives the reply up.</summary>
internal sealed class CutOffLifetime(IHttpRequestLifetimeFeature inner) : IHttpRequestLifetimeFeature, IDisposable
{
    private readonly CancellationTokenSource _aborted = CancellationTokenSource.CreateLinkedTokenSource(inner.RequestAborted);

    private CancellationToken? _replaced;

    public CancellationToken RequestAborted
    {
        get => _replaced ?? _aborted.Token;
        set => _replaced = value;
    }

    public void Abort() => inner.Abort();

    /// <summary>Tells the function that nobody waits for its reply any more.</summary>
    public Task GiveUpAsync() => _aborted.CancelAsync();

    public void Dispose() => _aborted.Dispose();
}
