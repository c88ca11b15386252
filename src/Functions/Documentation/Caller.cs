namespace Murano.Functions.Documentation;

/// <summary>Who may use a route. Of operators' roles each includes the ones before it.</summary>
internal enum Caller
{
    /// <summary>Whoever reaches it; no credential is asked for.</summary>
    Anyone,

    /// <summary>A device with its credential.</summary>
    Device,

    /// <summary>An operator who may look.</summary>
    Viewer,

    /// <summary>An operator who may change identities and their values.</summary>
    Operator,

    /// <summary>An operator who may change settings, connectors and keys.</summary>
    Admin,
}
