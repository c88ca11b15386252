namespace Murano.Functions.Documentation;

/// <summary>Routes that belong together.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Kind">Which API they are of.</param>
/// <param name="What">What they are for, in Markdown.</param>
/// <param name="Routes">The routes in the order of the document.</param>
internal sealed record ApiSection(string Name, ApiKind Kind, string What, params IReadOnlyList<RouteDescription> Routes);
