using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Murano.LocalHost.Routing;

/// <summary>Calls a function that no request has triggered: an object of its class for the one call, made from the container.</summary>
internal static class FunctionCall
{
    /// <summary>Calls <paramref name="method"/> and waits for its end.</summary>
    /// <param name="scopes">The container.</param>
    /// <param name="method">The function.</param>
    /// <param name="argument">What a parameter is filled with.</param>
    public static async Task RunAsync(IServiceScopeFactory scopes, MethodInfo method, Func<ParameterInfo, object?> argument)
    {
        await using var scope = scopes.CreateAsyncScope();
        var target = method.IsStatic ? null : ActivatorUtilities.CreateInstance(scope.ServiceProvider, method.DeclaringType!);
        try
        {
            if (method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, [.. method.GetParameters().Select(argument)], null) is Task task)
            {
                await task;
            }
        }
        finally
        {
            await ReleaseAsync(target);
        }
    }

    private static async Task ReleaseAsync(object? target)
    {
        if (target is IAsyncDisposable later)
        {
            await later.DisposeAsync();
        }
        else
        {
            (target as IDisposable)?.Dispose();
        }
    }
}
