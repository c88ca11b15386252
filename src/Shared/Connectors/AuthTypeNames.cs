namespace Murano.Shared.Connectors;

/// <summary>Words for kinds of credential (specification b.4, c.4).</summary>
internal static class AuthTypeNames
{
    /// <summary>The kind that a word means; <c>cik</c> is the old one for a token. Null for <c>hash</c>, <c>signature</c> and all others.</summary>
    public static AuthType? Read(string word) => word switch
    {
        "token" or "cik" => AuthType.Token,
        "password" => AuthType.Password,
        "certificate" => AuthType.Certificate,
        _ => null,
    };

    /// <summary>The word for a kind.</summary>
    public static string Of(AuthType type) => type switch
    {
        AuthType.Token => "token",
        AuthType.Password => "password",
        AuthType.Certificate => "certificate",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
