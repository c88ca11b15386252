namespace Murano.Shared.Connectors;

/// <summary>How many devices a connector has.</summary>
/// <param name="All">All.</param>
/// <param name="Provisioned">Those with a credential, locked ones included.</param>
/// <param name="Locked">Those that are shut out.</param>
public sealed record ConnectorUsage(long All, long Provisioned, long Locked);
