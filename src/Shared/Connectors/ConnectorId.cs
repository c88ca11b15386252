using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Murano.Shared.Connectors;

/// <summary>Names a connector: lower-case letters and digits, the first a letter (specification a.1).</summary>
public readonly record struct ConnectorId
{
    /// <summary>Longest id that is accepted, in characters: the longest keys of storage have room for it.</summary>
    public const int MaxLength = 28;

    private const int NewLength = 16;

    private ConnectorId(string value) => Value = value;

    /// <summary>The id as it stands in host names and addresses.</summary>
    public string Value { get; }

    /// <summary>Reads an id; upper-case letters, which host names may carry, are folded.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ConnectorId id)
    {
        id = default;
        if (text is not { Length: > 1 and <= MaxLength } || !char.IsAsciiLetter(text[0]) || !text.All(char.IsAsciiLetterOrDigit))
        {
            return false;
        }

        id = new(text.ToLowerInvariant());
        return true;
    }

    /// <summary>A new random id in the shape of Murano's.</summary>
    public static ConnectorId New() =>
        new(RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 1) + RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz0123456789", NewLength - 1));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
