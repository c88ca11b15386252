namespace Microsoft.Azure.Functions.Worker;

/// <summary>Which key a caller of an HTTP function needs; LocalHost, like the local tools of the platform, checks none.</summary>
public enum AuthorizationLevel
{
    /// <summary>No key.</summary>
    Anonymous = 0,

    /// <summary>A signed-in user.</summary>
    User = 1,

    /// <summary>A key of the function.</summary>
    Function = 2,

    /// <summary>The system key.</summary>
    System = 3,

    /// <summary>The master key.</summary>
    Admin = 4,
}
