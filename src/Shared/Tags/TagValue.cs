using System.Diagnostics.CodeAnalysis;
using Murano.Shared.Storage;

namespace Murano.Shared.Tags;

/// <summary>One value of a tag; compared ordinally (specification c.2).</summary>
public readonly record struct TagValue
{
    /// <summary>Longest value, in characters after <see cref="KeyCodec"/>'s escaping.</summary>
    public const int MaxEncodedLength = 200;

    private TagValue(string value) => Value = value;

    /// <summary>The value as it was given.</summary>
    public string Value { get; }

    /// <summary>Reads a value. Refused: empty, too long, control characters, lone surrogates, and a literal <c>%2F</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TagValue value)
    {
        value = default;
        if (!KeyText.IsUsable(text, MaxEncodedLength))
        {
            return false;
        }

        value = new(text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
