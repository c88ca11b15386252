using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Constraints;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Murano.LocalHost.Routing;

/// <summary>Reads the constraints that a route puts on its parts, such as <c>{page:int}</c>.</summary>
internal static class RouteConstraints
{
    private static readonly DefaultInlineConstraintResolver Resolver = new(Options.Create(new RouteOptions()), new ServiceCollection().BuildServiceProvider());

    /// <summary>The constraints of a function's route, each with the part that it concerns.</summary>
    public static IReadOnlyList<(string Name, IRouteConstraint Constraint)> Of(string function, RouteTemplate template) =>
    [
        .. from part in template.Parameters
           from inline in part.InlineConstraints
           let constraint = Resolve(function, inline.Constraint)
           select (part.Name!, part.IsOptional ? new OptionalRouteConstraint(constraint) : constraint),
    ];

    private static IRouteConstraint Resolve(string function, string text)
    {
        try
        {
            return Resolver.ResolveConstraint(text) ?? throw new LocalHostException($"Function '{function}' has the route constraint '{text}', which does not exist.");
        }
        catch (RouteCreationException fault)
        {
            throw new LocalHostException($"Function '{function}' has the route constraint '{text}', which is not valid: {fault.Message}", fault);
        }
    }
}
