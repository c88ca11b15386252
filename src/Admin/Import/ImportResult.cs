namespace Murano.Admin.Import;

/// <summary>A line of the result file.</summary>
/// <param name="Kind"><c>setting</c>, <c>resource</c>, <c>device</c>, <c>token</c> or <c>content</c>.</param>
/// <param name="Id">Which.</param>
/// <param name="What">What of it.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Reason">Why, a stable word; empty = it needs none.</param>
/// <param name="Message">The same as a sentence.</param>
internal sealed record ImportResult(string Kind, string Id, string What, ImportOutcome Outcome, string Reason = "", string Message = "");
