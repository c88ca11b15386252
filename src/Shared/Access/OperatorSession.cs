using Murano.Shared.Connectors;

namespace Murano.Shared.Access;

/// <summary>An operator who proved who they are.</summary>
public sealed class OperatorSession
{
    private readonly OperatorKey _key;

    internal OperatorSession(OperatorKey key) => _key = key;

    /// <summary>The key's name, for logs and audit.</summary>
    public string Name => _key.Name;

    /// <summary>The key.</summary>
    public OperatorKeyId Key => _key.Id;

    /// <summary>The role.</summary>
    public OperatorRole Role => _key.Role;

    /// <summary>When the key ends, µs since the Unix epoch; 0 = never.</summary>
    public long Expires => _key.Expires;

    /// <summary>Whether all connectors are in the key's scope, also those that are yet to be made.</summary>
    public bool SeesAll => _key.Connectors is null;

    /// <summary>Whether the connector is within the key's scope, known or not.</summary>
    public bool MaySee(ConnectorId connector) => _key.Connectors?.Contains(connector) ?? true;

    /// <summary>Whether all of these connectors, null = all there are, are within the key's scope.</summary>
    public bool MaySee(IReadOnlySet<ConnectorId>? connectors) => SeesAll || (connectors is not null && connectors.All(MaySee));

    /// <summary>Whether an audit entry is about something within the key's scope.</summary>
    internal bool MaySee(AuditEntry entry) => SeesAll || (ConnectorId.TryParse(entry.Connector, out var connector) && MaySee(connector));

    /// <summary>Whether the role is high enough.</summary>
    public bool May(OperatorPermission permission) => _key.Role >= permission switch
    {
        OperatorPermission.Read => OperatorRole.Viewer,
        OperatorPermission.ChangeDevices or OperatorPermission.OfferUpload => OperatorRole.Operator,
        _ => OperatorRole.Admin,
    };

    /// <inheritdoc/>
    public override string ToString() => _key.ToString();
}
