namespace Murano.Unit.Tests.Deployment;

/// <summary>What a hook did.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Terminal">What a person saw who was there; empty without a terminal.</param>
/// <param name="Output">Its standard output, as a log would have it.</param>
/// <param name="Errors">Its standard error, likewise.</param>
internal sealed record HookResult(int Code, string Terminal, string Output, string Errors);
