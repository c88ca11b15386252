using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Murano.LocalHost.Timers;
using Murano.LocalHost.Warmup;

namespace Murano.LocalHost.Routing;

/// <summary>The functions of an app, in the order in which the host tries them.</summary>
internal sealed record FunctionCatalog(IReadOnlyList<HttpFunction> Http, IReadOnlyList<TimerFunction> Timers, WarmupFunction? Warmup)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Finds them by their attributes.</summary>
    /// <exception cref="LocalHostException">A function could not run on the platform as it is written.</exception>
    public static FunctionCatalog Find(IEnumerable<Type> types, string routePrefix)
    {
        var http = new List<HttpFunction>();
        var timers = new List<TimerFunction>();
        WarmupFunction? warmup = null;
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, method) in Methods(types))
        {
            if (!names.Add(name))
            {
                throw new LocalHostException($"Two functions are named '{name}' (case does not count): rename one.");
            }

            var parameters = method.GetParameters();
            if (Trigger<HttpTriggerAttribute>(parameters) is { } request)
            {
                http.Add(HttpFunction.Create(name, method, request, routePrefix));
            }
            else if (Trigger<TimerTriggerAttribute>(parameters) is { } timer)
            {
                timers.Add(TimerFunction.Create(name, method, timer));
            }
            else if (parameters.Any(WarmupFunction.IsTrigger))
            {
                warmup = WarmupFunction.Create(name, method);
            }
            else
            {
                throw new LocalHostException($"Function '{name}' has no trigger: mark one parameter with HttpTrigger, TimerTrigger or WarmupTrigger.");
            }
        }

        return new(http, timers, warmup);
    }

    private static IEnumerable<(string Name, MethodInfo Method)> Methods(IEnumerable<Type> types) =>
        types
            .SelectMany(type => type.GetMethods(Declared))
            .Select(method => (method.GetCustomAttribute<FunctionAttribute>()?.Name, method))
            .Where(function => function.Name is not null)
            .Select(function => (function.Name!, function.method))
            .OrderBy(function => function.Item1, StringComparer.OrdinalIgnoreCase);

    private static TAttribute? Trigger<TAttribute>(ParameterInfo[] parameters)
        where TAttribute : Attribute =>
        parameters.Select(parameter => parameter.GetCustomAttribute<TAttribute>()).FirstOrDefault(attribute => attribute is not null);
}
