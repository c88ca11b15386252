using System.Diagnostics.CodeAnalysis;

namespace Murano.Shared;

/// <summary>A word that is none of those that a field takes, in the words of Murano's own refusal (specification b.1).</summary>
internal static class EnumMismatch
{
    private const string Reason = "enum-mismatch";
    private const string Prefix = "No enum match for: ";
    private const int LongestWord = 100; // characters that are repeated to the caller

    /// <summary>The refusal of a word.</summary>
    public static Failure.Rejected Of(string field, string word) => new(Reason, field, Prefix + (word.Length <= LongestWord ? word : word[..LongestWord]));

    /// <summary>The word of a refusal that <see cref="Of"/> made.</summary>
    public static bool TryGetWord(Failure.Rejected failure, [NotNullWhen(true)] out string? word)
    {
        word = string.Equals(failure.Reason, Reason, StringComparison.Ordinal) && failure.Detail.StartsWith(Prefix, StringComparison.Ordinal)
            ? failure.Detail[Prefix.Length..]
            : null;
        return word is not null;
    }
}
