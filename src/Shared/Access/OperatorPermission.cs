namespace Murano.Shared.Access;

/// <summary>What a request of an operator's needs.</summary>
public enum OperatorPermission
{
    /// <summary>Looks at something.</summary>
    Read,

    /// <summary>Asks where a file can be sent, which changes nothing yet.</summary>
    OfferUpload,

    /// <summary>Changes identities, their state, or files.</summary>
    ChangeDevices,

    /// <summary>Changes settings or resources of a connector.</summary>
    ChangeSettings,

    /// <summary>Makes or deletes connectors.</summary>
    ManageConnectors,

    /// <summary>Looks at operators' keys and at what operators did.</summary>
    ReadAccess,

    /// <summary>Makes or revokes operators' keys.</summary>
    ManageAccess,
}
