namespace Murano.Functions.Documentation;

/// <summary>
/// What there is to say about a route beyond its function's own attributes: those name method and address, this says the rest. The description of all routes is
/// <see cref="ApiDescription"/>; it becomes <c>/openapi.json</c>.
/// </summary>
/// <param name="Function">Name of the function.</param>
/// <param name="Caller">Who may use it.</param>
/// <param name="Summary">What it does, in a few words.</param>
internal sealed record RouteDescription(string Function, Caller Caller, string Summary)
{
    /// <summary>More about it, in Markdown.</summary>
    public string Detail { get; init; } = "";

    /// <summary>Parameters in the query, and headers.</summary>
    public IReadOnlyList<ParameterDescription> Parameters { get; init; } = [];

    /// <summary>The body in one of these forms; none when there is no body.</summary>
    public IReadOnlyList<ContentDescription> Body { get; init; } = [];

    /// <summary>The answers that are no refusals.</summary>
    public IReadOnlyList<ReplyDescription> Replies { get; init; } = [];

    /// <summary>Codes of refusals beside those that each route of its kind has.</summary>
    public IReadOnlyList<int> Refusals { get; init; } = [];
}
