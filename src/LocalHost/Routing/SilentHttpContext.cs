using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Murano.LocalHost.Routing;

/// <summary>
/// The context from which a function's parameters are bound: its token does not fire when the client leaves, as on the platform, where
/// only the request's own token does. Once the function has returned it is the request's own, because results run on the live context.
/// </summary>
internal sealed class SilentHttpContext(HttpContext inner, CancellationToken bound) : HttpContext
{
    private bool _returned;

    public override IFeatureCollection Features => inner.Features;

    public override HttpRequest Request => inner.Request;

    public override HttpResponse Response => inner.Response;

    public override ConnectionInfo Connection => inner.Connection;

    public override WebSocketManager WebSockets => inner.WebSockets;

    public override ClaimsPrincipal User
    {
        get => inner.User;
        set => inner.User = value;
    }

    public override IDictionary<object, object?> Items
    {
        get => inner.Items;
        set => inner.Items = value;
    }

    public override IServiceProvider RequestServices
    {
        get => inner.RequestServices;
        set => inner.RequestServices = value;
    }

    public override CancellationToken RequestAborted
    {
        get => _returned ? inner.RequestAborted : bound;
        set => inner.RequestAborted = value;
    }

    public override string TraceIdentifier
    {
        get => inner.TraceIdentifier;
        set => inner.TraceIdentifier = value;
    }

    public override ISession Session
    {
        get => inner.Session;
        set => inner.Session = value;
    }

    public override void Abort() => inner.Abort();

    /// <summary>The function is done; its result comes next.</summary>
    public void Returned() => _returned = true;
}
