namespace Murano.Functions.Documentation;

/// <summary>An answer of a route that is no refusal.</summary>
/// <param name="Status">The code.</param>
/// <param name="Meaning">What it says.</param>
/// <param name="Content">Its body, in one of these forms; none when empty.</param>
internal sealed record ReplyDescription(int Status, string Meaning, params IReadOnlyList<ContentDescription> Content)
{
    /// <summary>Names of headers that this answer has and others have not, with what they say.</summary>
    public IReadOnlyList<(string Name, string What)> Headers { get; init; } = [];

    /// <summary>200 with JSON.</summary>
    public static ReplyDescription Json(string meaning, Shape shape, params IReadOnlyList<string> examples) => new(200, meaning, ContentDescription.Json(shape, examples));

    /// <summary>204.</summary>
    public static ReplyDescription Empty(string meaning) => new(204, meaning);
}
