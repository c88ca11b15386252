using System.Net;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Shared.Provisioning;

/// <summary>What a device that asks for its credential is known by.</summary>
/// <param name="Identity">The identity that it presented, or that was made for it.</param>
/// <param name="Type">The kind of credential that it is to have.</param>
/// <param name="Address">Where it calls from.</param>
/// <param name="IsGenerated">Whether the connector made the identity.</param>
internal sealed record FirstContact(IdentityId Identity, AuthType Type, IPAddress Address, bool IsGenerated = false);
