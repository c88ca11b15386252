using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Azure.Functions.Worker;

namespace Murano.LocalHost.Routing;

/// <summary>An HTTP function as the host sees it: a route, the methods that match, and what runs.</summary>
internal sealed class HttpFunction
{
    private readonly IReadOnlyCollection<string>? _methods;
    private readonly TemplateMatcher _matcher;

    private readonly IReadOnlyList<(string Name, IRouteConstraint Constraint)> _constraints;

    private HttpFunction(string name, MethodInfo method, RouteTemplate template, IReadOnlyCollection<string>? methods)
    {
        _constraints = RouteConstraints.Of(name, template);
        Name = name;
        Method = method;
        Template = template;
        _methods = methods;
        var defaults = new RouteValueDictionary(template.Parameters.Where(part => part.DefaultValue is not null).Select(part => KeyValuePair.Create(part.Name!, part.DefaultValue)));
        _matcher = new TemplateMatcher(template, defaults);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What runs.</summary>
    public MethodInfo Method { get; }

    /// <summary>Its route with the prefix.</summary>
    public RouteTemplate Template { get; }

    /// <summary>Reads a function from its attribute.</summary>
    public static HttpFunction Create(string name, MethodInfo method, HttpTriggerAttribute trigger, string routePrefix)
    {
        var template = Parse(name, trigger.Route, routePrefix);
        CheckParameters(name, method, template);
        return new(name, method, template, trigger.Methods is { Length: > 0 } methods ? methods : null);
    }

    /// <summary>Whether a request with this method and path is the function's; its route values when it is.</summary>
    public bool TryMatch(string method, PathString path, out RouteValueDictionary values)
    {
        values = [];
        return (_methods?.Contains(method, StringComparer.OrdinalIgnoreCase) ?? true) && _matcher.TryMatch(path, values) && Allows(values);
    }

    private bool Allows(RouteValueDictionary values) =>
        _constraints.All(part => part.Constraint.Match(null, null, part.Name, values, RouteDirection.IncomingRequest));

    private static RouteTemplate Parse(string name, string? route, string routePrefix)
    {
        // The platform's host would take the function's name for an empty route while the worker maps "/", and a leading
        // slash makes the worker fail for every function of the app.
        if (route is { Length: 0 } or ['/', ..])
        {
            throw new LocalHostException($"Function '{name}' has the route '{route}', which the platform cannot serve: leave the leading slash out, and write {{home:maxlength(0)?}} for the root.");
        }

        route ??= name;
        if (routePrefix.Length == 0 && (StartsWith(route, "admin") || StartsWith(route, "runtime")))
        {
            throw new LocalHostException($"Function '{name}' has the route '{route}', but 'admin' and 'runtime' belong to the host: choose another.");
        }

        try
        {
            return TemplateParser.Parse(routePrefix.Length == 0 ? route : $"{routePrefix}/{route}");
        }
        catch (ArgumentException fault)
        {
            throw new LocalHostException($"Function '{name}' has the route '{route}', which is not valid: {fault.Message.ReplaceLineEndings(" ")}", fault);
        }
    }

    private static bool StartsWith(string route, string reserved) =>
        route.Equals(reserved, StringComparison.OrdinalIgnoreCase) || route.StartsWith(reserved + "/", StringComparison.OrdinalIgnoreCase);

    private static void CheckParameters(string name, MethodInfo method, RouteTemplate template)
    {
        foreach (var parameter in method.GetParameters())
        {
            var known = parameter.ParameterType == typeof(HttpRequest)
                || parameter.ParameterType == typeof(CancellationToken)
                || template.GetParameter(parameter.Name!) is not null;
            if (!known)
            {
                throw new LocalHostException($"Function '{name}' has the parameter '{parameter.Name}', which the platform cannot fill: it is neither the request, a CancellationToken nor part of the route.");
            }
        }
    }
}
