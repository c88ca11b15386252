namespace Murano.Shared.Connectors;

/// <summary>Which identities a connector believes (specification c.4, f).</summary>
public sealed record IdentityFormat
{
    /// <summary>Fixed text in front, compared ordinally; may be empty.</summary>
    public string Prefix { get; init; } = "";

    /// <summary><c>opaque</c>, <c>base10</c>, <c>base16</c>, <c>mac:48</c> with separator variants, or <c>uuid</c>; kept as it was written.</summary>
    public string Type { get; init; } = "opaque";

    /// <summary><c>mixed</c>, <c>upper</c> or <c>lower</c>: letters allowed after the prefix.</summary>
    public string Casing { get; init; } = "mixed";

    /// <summary>Characters after the prefix; 0 = any. A fraction is kept as it was written and counts as its whole part.</summary>
    public double Length { get; init; }
}
