using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Murano.LocalHost.Routing;

/// <summary>Finds the function for a request as the platform's host does: in order of their names, the first match wins, nothing is more specific.</summary>
internal sealed class FunctionDispatcher(FunctionCatalog catalog, FrontEnd frontEnd, FunctionInvoker invoker, LocalHostOptions options, IServiceProvider services)
{
    /// <summary>Paths at which the host itself answers; the rest of admin and runtime falls through to the app.</summary>
    private static readonly PathString[] Reserved =
        ["/admin/host", "/admin/functions", "/admin/extensions", "/admin/instance", "/admin/vfs", "/runtime/webhooks"];

    private readonly (HttpFunction Function, RequestDelegate Run)[] _functions =
        [.. catalog.Http.Select(function => (function, FunctionDelegates.Create(function, services)))];

    /// <summary>Answers one request.</summary>
    public Task DispatchAsync(HttpContext context)
    {
        if (HttpMethods.IsTrace(context.Request.Method))
        {
            return Answer(context, StatusCodes.Status404NotFound);
        }

        if (Reserved.Any(reserved => context.Request.Path.StartsWithSegments(reserved, StringComparison.OrdinalIgnoreCase)))
        {
            return Answer(context, StatusCodes.Status401Unauthorized);
        }

        foreach (var (function, run) in _functions)
        {
            if (function.TryMatch(context.Request.Method, context.Request.Path, out var values))
            {
                if (!LimitBody(context))
                {
                    return Answer(context, StatusCodes.Status500InternalServerError);
                }

                frontEnd.Apply(context);
                context.Request.RouteValues = values;
                return invoker.InvokeAsync(function.Name, run, context);
            }
        }

        return Answer(context, StatusCodes.Status404NotFound);
    }

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private bool LimitBody(HttpContext context)
    {
        if (options.MaxRequestBodySize == 0)
        {
            return true;
        }

        if (context.Request.ContentLength > options.MaxRequestBodySize)
        {
            return false;
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { } limit)
        {
            context.Features.Set<IHttpMaxRequestBodySizeFeature>(new BodyLimitFeature(limit, options.MaxRequestBodySize));
        }

        return true;
    }
}
