using System.Diagnostics.CodeAnalysis;
using Murano.Shared.Storage;

namespace Murano.Shared.Tags;

/// <summary>The name of a tag; compared ordinally (specification c.2).</summary>
public readonly record struct TagName
{
    /// <summary>Longest name, in characters after <see cref="KeyCodec"/>'s escaping.</summary>
    public const int MaxEncodedLength = 80;

    private TagName(string value) => Value = value;

    /// <summary>The name as it was given.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads a name. Refused: empty, too long, control characters, lone surrogates, a literal <c>%2F</c>, and <c>.</c> and <c>..</c>: names stand in
    /// addresses, as identities do.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TagName name)
    {
        name = default;
        if (!KeyText.IsUsable(text, MaxEncodedLength) || text is "." or "..")
        {
            return false;
        }

        name = new(text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
