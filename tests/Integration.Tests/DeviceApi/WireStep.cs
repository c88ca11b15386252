namespace Murano.Integration.Tests.DeviceApi;

/// <summary>One step of a wire case: what the marker line <c>--- kind argument</c> says, and the text up to the next marker.</summary>
public sealed record WireStep(string Kind, string Argument, string Text);
