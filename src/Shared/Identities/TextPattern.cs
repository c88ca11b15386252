using System.Text.RegularExpressions;

namespace Murano.Shared.Identities;

/// <summary>
/// What a text is to look like: <c>*</c> stands for any characters, <c>?</c> for one, and the rest for itself. A pattern that holds one of
/// <c>^ $ [ ] ( ) { } | + \</c> is a regular expression that is to be found anywhere in the text.
/// </summary>
public sealed record TextPattern
{
    /// <summary>Longest pattern.</summary>
    public const int MaxLength = 200;

    private static readonly System.Buffers.SearchValues<char> Wild = System.Buffers.SearchValues.Create("*?");
    private static readonly System.Buffers.SearchValues<char> Expression = System.Buffers.SearchValues.Create(@"^$[](){}|+\");

    private readonly Regex? _regex;

    private TextPattern(string text, string prefix, Regex? regex) => (Text, Prefix, _regex) = (text, prefix, regex);

    /// <summary>The pattern as it was given.</summary>
    public string Text { get; }

    /// <summary>What every match begins with; may be empty.</summary>
    public string Prefix { get; }

    /// <summary>Whether it matches one text only, which is <see cref="Text"/>.</summary>
    public bool IsExact => _regex is null;

    /// <summary>Whether it matches all texts that begin with <see cref="Prefix"/>.</summary>
    internal bool IsPrefix { get; private init; }

    /// <summary>Reads a pattern; false when it is empty, too long, or no regular expression that can be matched in linear time.</summary>
    public static bool TryParse(string? text, out TextPattern pattern)
    {
        pattern = null!;
        if (text is not { Length: > 0 and <= MaxLength })
        {
            return false;
        }

        var isExpression = text.AsSpan().ContainsAny(Expression);
        var wild = text.AsSpan().IndexOfAny(Wild);
        if (!isExpression && wild < 0)
        {
            pattern = new(text, text, null);
            return true;
        }

        try
        {
            pattern = isExpression
                ? new(text, "", Compile(text))
                : new(text, text[..wild], Compile($"^{Regex.Escape(text).Replace(@"\*", ".*", StringComparison.Ordinal).Replace(@"\?", ".", StringComparison.Ordinal)}\\z")) { IsPrefix = wild == text.Length - 1 && text[wild] == '*' };
            return true;
        }
        catch (Exception fault) when (fault is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    /// <summary>Whether a text looks like that.</summary>
    public bool Matches(string text) => _regex?.IsMatch(text) ?? string.Equals(text, Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public bool Equals(TextPattern? other) => other is not null && string.Equals(Text, other.Text, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Text);

    private static Regex Compile(string expression) =>
        new(expression, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline, TimeSpan.FromSeconds(1));
}
