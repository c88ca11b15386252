using System.Text;
using Murano.Shared;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// The grammar of a search line: words that all must hold, apart by blanks. <c>name:value</c> with one of the names of <see cref="IdentityFilterFields"/>; any other
/// word is what the identity looks like: with <c>*</c> or <c>?</c> as it stands, else its beginning. <c>tag:name</c>, <c>tag:name=value</c> and
/// <c>tag:name=beginning*</c> ask for a tag and may come more than once. Double quotes keep blanks in a word; in them a backslash keeps the next character.
/// </summary>
internal static class FilterText
{
    private const int MaxLength = 2000;

    /// <summary>Adds the words of a line to a filter.</summary>
    /// <returns>Null; or Rejected for a line that cannot be read, and for whatever the fields refuse.</returns>
    public static Failure? Add(string text, IdentityFilterFields fields)
    {
        if (text.Length > MaxLength)
        {
            return Bad("it is too long");
        }

        var at = 0;
        while (true)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at == text.Length)
            {
                return null;
            }

            if (!TryReadWord(text, ref at, out var word, out var isQuoted))
            {
                return Bad("a quotation mark is missing");
            }

            var colon = isQuoted ? -1 : word.IndexOf(':', StringComparison.Ordinal);
            var problem = colon > 0 && IdentityFilterFields.Knows(word[..colon])
                ? fields.Add(word[..colon], word[(colon + 1)..])
                : fields.Add("identity", word.AsSpan().ContainsAny('*', '?') ? word : word + "*");
            if (problem is not null)
            {
                return problem;
            }
        }
    }

    private static Failure.Rejected Bad(string why) => new("bad-parameter", "", $"q cannot be read: {why}.");

    /// <summary>Reads a word, quoted as a whole or in parts; <paramref name="isQuoted"/> when it begins with a quotation mark.</summary>
    private static bool TryReadWord(string text, ref int at, out string word, out bool isQuoted)
    {
        var read = new StringBuilder();
        var inside = false;
        isQuoted = text[at] == '"';
        for (; at < text.Length && (inside || !char.IsWhiteSpace(text[at])); at++)
        {
            if (text[at] == '"')
            {
                inside = !inside;
            }
            else
            {
                if (inside && text[at] == '\\' && at + 1 < text.Length)
                {
                    at++;
                }

                read.Append(text[at]);
            }
        }

        word = read.ToString();
        return !inside;
    }
}
