using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Murano.LocalHost.Routing;

/// <summary>Turns functions into request delegates with ASP.NET Core's own binding of parameters and results.</summary>
internal static class FunctionDelegates
{
    /// <summary>What runs <paramref name="function"/> for one request.</summary>
    public static RequestDelegate Create(HttpFunction function, IServiceProvider services)
    {
        var endpoint = new RouteEndpointBuilder(null, RoutePatternFactory.Parse(function.Template.TemplateText!), 0);
        endpoint.FilterFactories.Add((_, next) => async invocation =>
        {
            var result = await next(invocation);
            (invocation.HttpContext as SilentHttpContext)?.Returned();
            return result;
        });
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = services,
            RouteParameterNames = [.. function.Template.Parameters.Select(part => part.Name!)],
            DisableInferBodyFromParameters = true,
            ThrowOnBadRequest = true,
            EndpointBuilder = endpoint,
        };
        try
        {
            return RequestDelegateFactory.Create(function.Method, Target(function), options).RequestDelegate;
        }
        catch (Exception fault) when (fault is InvalidOperationException or NotSupportedException)
        {
            throw new LocalHostException($"Function '{function.Name}' cannot be bound: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    private static Func<HttpContext, object>? Target(HttpFunction function)
    {
        if (function.Method.IsStatic)
        {
            return null;
        }

        var create = ActivatorUtilities.CreateFactory(function.Method.DeclaringType!, []);
        return context =>
        {
            var target = create(context.RequestServices, null);
            if (target is IAsyncDisposable or IDisposable)
            {
                Release(context, target);
            }

            return target;
        };
    }

    private static void Release(HttpContext context, object target)
    {
        if (target is IAsyncDisposable later)
        {
            context.Response.RegisterForDisposeAsync(later);
        }
        else
        {
            context.Response.RegisterForDispose((IDisposable)target);
        }
    }
}
