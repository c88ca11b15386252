using System.Diagnostics.CodeAnalysis;
using Murano.Shared.Storage;

namespace Murano.Shared.Identities;

/// <summary>The identity (serial number) that a device presents; unique within one connector, compared ordinally.</summary>
public readonly record struct IdentityId
{
    /// <summary>Longest identity, in characters after <see cref="KeyCodec"/>'s escaping.</summary>
    public const int MaxEncodedLength = 200;

    private IdentityId(string value) => Value = value;

    /// <summary>The identity as the device sent it.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads an identity. Refused: empty, too long, control characters, lone surrogates, and a literal <c>%2F</c>, which the
    /// Functions host cannot tell from a slash in an address; and <c>.</c> and <c>..</c>, which no address can end in.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out IdentityId id)
    {
        id = default;
        if (!KeyText.IsUsable(text, MaxEncodedLength) || text is "." or "..")
        {
            return false;
        }

        id = new(text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
