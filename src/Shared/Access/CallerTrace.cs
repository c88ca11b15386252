using Murano.Shared.Connectors;

namespace Murano.Shared.Access;

/// <summary>What became known of a caller on the way, whether it was let in or not: for those who watch refusals. Holds no credential and proves nothing.</summary>
public sealed class CallerTrace
{
    /// <summary>The connector; null = not known.</summary>
    internal Connector? Connector { get; set; }

    /// <summary>The identity as the caller gave it, which need not be one; empty = not known.</summary>
    internal string Identity { get; private set; } = "";

    /// <summary>Connector ids that an activation gives; null = it is none.</summary>
    internal IReadOnlyList<string?>? Names { get; private set; }

    /// <summary>The caller says who it is.</summary>
    internal void Name(string? identity) => Identity = identity ?? "";

    /// <summary>The caller gives an identity next to a password. What comes after a colon may be part of the password.</summary>
    internal void NameBesidePassword(string identity) => Name(identity.Contains(':', StringComparison.Ordinal) ? "" : identity);

    /// <summary>The caller asks for its credential.</summary>
    internal void Activates(string? identity, string? vendor, string? model)
    {
        Name(identity);
        Names = [vendor, model];
    }
}
