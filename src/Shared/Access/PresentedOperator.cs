using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Murano.Shared.Access;

/// <summary>What an operator's program presents: a secret and, in Basic, a name.</summary>
public sealed class PresentedOperator
{
    private PresentedOperator(string secret, string? name) => (Secret, Name) = (secret, name);

    /// <summary>The name; null when none was presented.</summary>
    public string? Name { get; }

    internal string Secret { get; }

    /// <summary>
    /// Reads the header <c>Authorization</c>: <c>token {secret}</c>, <c>Bearer {secret}</c>, or <c>Basic</c> with base64 of <c>{name}:{secret}</c>; the
    /// scheme in any case (specification b.1).
    /// </summary>
    public static bool TryRead(string? authorization, [NotNullWhen(true)] out PresentedOperator? presented)
    {
        presented = null;
        var blank = authorization?.IndexOf(' ', StringComparison.Ordinal) ?? -1;
        if (blank < 0)
        {
            return false;
        }

        var rest = authorization![(blank + 1)..].Trim();
        presented = authorization[..blank].ToUpperInvariant() switch
        {
            "TOKEN" or "BEARER" when rest.Length > 0 => new(rest, null),
            "BASIC" => ReadBasic(rest),
            _ => null,
        };
        return presented is not null;
    }

    /// <summary>Never the secret.</summary>
    public override string ToString() => Name ?? "(no name)";

    private static PresentedOperator? ReadBasic(string base64)
    {
        var bytes = new byte[base64.Length];
        if (!Convert.TryFromBase64String(base64, bytes, out var length))
        {
            return null;
        }

        // Names have no colon, so the first one ends the name.
        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : new(text[(colon + 1)..], text[..colon]);
    }
}
