namespace Murano.Admin.Export;

/// <summary>Something that the source has and the folder has not, or not as it is there.</summary>
/// <param name="Kind">Of what: <c>settings</c>, <c>device</c>, <c>content</c>.</param>
/// <param name="Id">Which.</param>
/// <param name="Reason">Why, a stable word.</param>
/// <param name="Message">The same as a sentence.</param>
internal sealed record ExportProblem(string Kind, string Id, string Reason, string Message);
