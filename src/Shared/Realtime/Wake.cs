using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Realtime;

/// <summary>Tells whoever waits for a device to look again. It carries no values: a lost, late or doubled one does no harm.</summary>
/// <param name="Connector">The device's connector.</param>
/// <param name="Identity">The device.</param>
/// <param name="Kind">What happened.</param>
public readonly record struct Wake(ConnectorId Connector, IdentityId Identity, WakeKind Kind);
