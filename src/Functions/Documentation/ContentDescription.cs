namespace Murano.Functions.Documentation;

/// <summary>A body: its media type, its shape and what it may look like.</summary>
/// <param name="Type">The media type, without parameters.</param>
/// <param name="Shape">The shape of a JSON body, or of the fields of a form; of other texts just that.</param>
/// <param name="Examples">JSON text for JSON and forms of several parts, else the text as it is.</param>
internal sealed record ContentDescription(string Type, Shape Shape, params IReadOnlyList<string> Examples)
{
    /// <summary>The media type of JSON.</summary>
    public const string JsonType = "application/json";

    /// <summary>The media type of forms.</summary>
    public const string FormType = "application/x-www-form-urlencoded";

    /// <summary>A form of several parts.</summary>
    public const string PartsType = "multipart/form-data";

    /// <summary>The media type of lines of text.</summary>
    public const string CsvType = "text/csv";

    /// <summary>The media type of JSON objects, one a line.</summary>
    public const string LinesType = "application/x-ndjson";

    /// <summary>The media type of text.</summary>
    public const string TextType = "text/plain";

    /// <summary>Whether a request may come without.</summary>
    public bool MayBeAbsent { get; init; }

    /// <summary>Whether examples are JSON.</summary>
    public bool IsJson => Type is JsonType or PartsType;

    /// <summary>A JSON body.</summary>
    public static ContentDescription Json(Shape shape, params IReadOnlyList<string> examples) => new(JsonType, shape, examples);

    /// <summary>A line of text.</summary>
    public static ContentDescription Text(Shape shape, params IReadOnlyList<string> examples) => new(TextType, shape, examples);

    /// <summary>An encoded form, which is shown as the text that goes over the wire.</summary>
    public static ContentDescription Form(string what, params IReadOnlyList<string> examples) => new(FormType, Shape.Text(what), examples);
}
