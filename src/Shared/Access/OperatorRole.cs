namespace Murano.Shared.Access;

/// <summary>What an operator may do; each role includes those before it.</summary>
public enum OperatorRole
{
    /// <summary>Reads everything but secrets.</summary>
    Viewer,

    /// <summary>Changes identities and their state.</summary>
    Operator,

    /// <summary>Changes settings, resources and access too.</summary>
    Admin,
}
