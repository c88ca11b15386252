using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing.Template;

namespace Murano.Functions.Fallback;

/// <summary>One route of the app.</summary>
/// <param name="name">Name of its function, by which the host orders routes.</param>
/// <param name="template">The route without a leading slash.</param>
/// <param name="methods">The methods in upper case; empty = all.</param>
internal sealed class RouteEntry(string name, string template, IReadOnlyList<string> methods)
{
    /// <summary>
    /// The route of "/" and of nothing else. The platform's host takes the function's name for an empty route, and the worker fails for all functions over a slash,
    /// so it is a part that has to be empty.
    /// </summary>
    public const string Root = "{home:maxlength(0)?}";

    private readonly RouteTemplate _parsed = TemplateParser.Parse(Bare(template));
    private readonly TemplateMatcher _matcher = new(TemplateParser.Parse(Bare(template)), []);

    /// <summary>Name of the function.</summary>
    public string Name { get; } = name;

    /// <summary>The route as it was written.</summary>
    public string Template { get; } = template;

    /// <summary>The same as an address, with its parameters' names in place of values.</summary>
    public string Address { get; } = "/" + Bare(template);

    /// <summary>Whether the route is one address and no other.</summary>
    public bool IsFixed => _parsed.Parameters.Count == 0;

    /// <summary>The methods in upper case; empty = all.</summary>
    public IReadOnlyList<string> Methods { get; } = methods;

    /// <summary>Whether the route takes every address there is, and so tells of none that it exists.</summary>
    public bool TakesAll => _parsed is { Segments: [{ Parts: [{ IsCatchAll: true }] }] };

    /// <summary>Whether the address is one of this route's, whatever the method.</summary>
    public bool Matches(PathString path) => _matcher.TryMatch(path, []);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {string.Join(',', Methods)} {Template}";

    private static string Bare(string template) => template is Root ? "" : template;
}
