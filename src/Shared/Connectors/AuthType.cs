namespace Murano.Shared.Connectors;

/// <summary>Kinds of device credential (specification f).</summary>
public enum AuthType
{
    /// <summary>A 40-character token (CIK).</summary>
    Token,

    /// <summary>Identity and a password of at least 20 characters.</summary>
    Password,

    /// <summary>A TLS client certificate whose subject CN is the identity.</summary>
    Certificate,
}
