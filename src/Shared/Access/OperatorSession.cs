using Murano.Shared.Connectors;

namespace Murano.Shared.Access;

/// <summary>An operator who proved who they are, by an API key or an access token of Entra ID.</summary>
public sealed class OperatorSession
{
    private readonly IReadOnlySet<ConnectorId>? _connectors;

    internal OperatorSession(OperatorKey key) => (Id, Name, Role, Expires, _connectors) = (OperatorId.Of(key.Id), key.Name, key.Role, key.Expires, key.Connectors);

    /// <summary>Somebody of the Entra ID tenant: for all connectors, until their token ends.</summary>
    internal OperatorSession(OperatorId id, string name, OperatorRole role, long ends) => (Id, Name, Role, Ends) = (id, name, role, ends);

    /// <summary>The key's name, or what Entra ID calls the operator, whose id it is where a signed address stands for them; for logs and audit. It proves nothing.</summary>
    public string Name { get; }

    /// <summary>Who it is.</summary>
    public OperatorId Id { get; }

    /// <summary>The role.</summary>
    public OperatorRole Role { get; }

    /// <summary>When the key ends, µs since the Unix epoch; 0 = never, and for somebody of the Entra ID tenant.</summary>
    public long Expires { get; }

    /// <summary>When the access token ends that was presented, µs since the Unix epoch. 0 = it was a key, which storage can be asked about.</summary>
    public long Ends { get; }

    /// <summary>When what was presented ends, key or access token, µs since the Unix epoch: signed addresses and live logs that were begun with it end then. 0 = never.</summary>
    public long Until => Ends > 0 ? Ends : Expires;

    /// <summary>Whether all connectors are in the operator's scope, also those that are yet to be made.</summary>
    public bool SeesAll => _connectors is null;

    /// <summary>Whether the connector is within the operator's scope, known or not.</summary>
    public bool MaySee(ConnectorId connector) => _connectors?.Contains(connector) ?? true;

    /// <summary>Whether all of these connectors, null = all there are, are within the operator's scope.</summary>
    public bool MaySee(IReadOnlySet<ConnectorId>? connectors) => SeesAll || (connectors is not null && connectors.All(MaySee));

    /// <summary>Whether an audit entry is about something within the operator's scope.</summary>
    internal bool MaySee(AuditEntry entry) => SeesAll || (ConnectorId.TryParse(entry.Connector, out var connector) && MaySee(connector));

    /// <summary>Whether the role is high enough.</summary>
    public bool May(OperatorPermission permission) => Role >= RoleFor(permission);

    /// <summary>The lowest role that may do something.</summary>
    internal static OperatorRole RoleFor(OperatorPermission permission) => permission switch
    {
        OperatorPermission.Read => OperatorRole.Viewer,
        OperatorPermission.ChangeDevices or OperatorPermission.OfferUpload => OperatorRole.Operator,
        _ => OperatorRole.Admin,
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Name} ({Id}, {Role})";
}
