using System.Diagnostics.CodeAnalysis;

namespace Murano.Shared.Content;

/// <summary>A MIME type as a file carries it: <c>type/subtype</c>, perhaps with parameters; printable ASCII.</summary>
public readonly record struct MediaType
{
    /// <summary>Longest one, in characters: it goes into replies to devices that keep a whole reply in a few hundred bytes.</summary>
    public const int MaxLength = 127;

    private MediaType(string value) => Value = value;

    /// <summary>What a file is of which nobody said anything.</summary>
    public static MediaType Unknown { get; } = new("application/octet-stream");

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>The text for a list with commas: without parameters when one of them holds a comma.</summary>
    public string InList => Value.Contains(',', StringComparison.Ordinal) ? Value[..Value.IndexOf(';', StringComparison.Ordinal)].TrimEnd() : Value;

    /// <summary>Reads a type.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out MediaType type)
    {
        type = default;
        var trimmed = text.AsSpan().Trim(' ');
        if (trimmed.Length is 0 or > MaxLength || trimmed.ContainsAnyExceptInRange(' ', '~'))
        {
            return false;
        }

        var semicolon = trimmed.IndexOf(';');
        var bare = (semicolon < 0 ? trimmed : trimmed[..semicolon]).TrimEnd(' ');
        var slash = bare.IndexOf('/');
        if (slash < 0 || !IsToken(bare[..slash]) || !IsToken(bare[(slash + 1)..]))
        {
            return false;
        }

        type = new(trimmed.ToString());
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsToken(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && !"!#$%&'*+-.^_`|~".Contains(c, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return !text.IsEmpty;
    }
}
