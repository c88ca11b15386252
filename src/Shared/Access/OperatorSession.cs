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

    /// <summary>Whether the connector is within the key's scope, known or not.</summary>
    public bool MaySee(ConnectorId connector) => _key.Connectors?.Contains(connector) ?? true;

    /// <summary>Whether the role is high enough.</summary>
    public bool May(OperatorPermission permission) => _key.Role >= permission switch
    {
        OperatorPermission.Read => OperatorRole.Viewer,
        OperatorPermission.ChangeDevices => OperatorRole.Operator,
        _ => OperatorRole.Admin,
    };

    /// <inheritdoc/>
    public override string ToString() => _key.ToString();
}
