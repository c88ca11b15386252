namespace Murano.Admin.Http;

/// <summary>Who is calling. Secrets come from environment variables or from a prompt, never from arguments: those stand in the list of processes and in the shell's history.</summary>
internal sealed class OperatorLogin
{
    /// <summary>Variable with a token, or with an operator's secret of this product.</summary>
    public const string TokenVariable = "MURANO_TOKEN";

    /// <summary>Variable with a password.</summary>
    public const string PasswordVariable = "MURANO_PASSWORD";

    /// <summary>The token; null = log in.</summary>
    public string? Token { get; private init; }

    /// <summary>Name of the account.</summary>
    public string? Email { get; private init; }

    /// <summary>Its password; null = there is a token.</summary>
    public string? Password { get; private init; }

    /// <summary>Finds the credentials.</summary>
    /// <exception cref="AdminException">There are none.</exception>
    public static OperatorLogin Find(AdminHost host, string? email)
    {
        if (email is null)
        {
            return (host.Variable(TokenVariable) ?? host.Ask?.Invoke("Token or secret: ")) is { } token
                ? new OperatorLogin { Token = token.Trim() }
                : throw new AdminException($"No credentials: set {TokenVariable}, or give --email and set {PasswordVariable}.");
        }

        return (host.Variable(PasswordVariable) ?? host.Ask?.Invoke($"Password of {email}: ")) is { } password
            ? new OperatorLogin { Email = email, Password = password }
            : throw new AdminException($"No password: set {PasswordVariable}.");
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => nameof(OperatorLogin);
}
