using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Shared.Storage;

/// <summary>What <see cref="Setup"/> found or made.</summary>
/// <param name="Connector">The first connector (lowest creation time).</param>
/// <param name="Fqdn">Its host name, with a port where devices need one.</param>
/// <param name="Operator">A key of role admin that storage knows.</param>
public sealed record SetupResult(ConnectorId Connector, string Fqdn, OperatorCredential Operator);
