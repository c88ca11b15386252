using Murano.Shared.Connectors;

namespace Murano.Shared.Access;

/// <summary>The key that an operator wants to make.</summary>
/// <param name="Name">1 to 64 characters without a colon or control characters; need not be unique.</param>
/// <param name="Role">What its holder may do.</param>
/// <param name="Connectors">What it is good for; null = all connectors.</param>
/// <param name="Expires">When it ends, µs since the Unix epoch; 0 = never.</param>
public sealed record NewOperatorKey(string Name, OperatorRole Role, IReadOnlySet<ConnectorId>? Connectors, long Expires);
