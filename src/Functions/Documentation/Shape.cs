using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace Murano.Functions.Documentation;

/// <summary>
/// What a value looks like, to be written as a JSON Schema (2020-12). A shape with a name stands once among the document's components and is referred to from
/// wherever it is used. Fields of an object are required unless their name ends in <c>?</c>.
/// </summary>
internal sealed class Shape
{
    private readonly Action<OpenApiSchema, OpenApiDocument> _write;
    private readonly string? _name;

    private Shape(Action<OpenApiSchema, OpenApiDocument> write, string? name = null) => (_write, _name) = (write, name);

    /// <summary>Anything.</summary>
    public static Shape Any { get; } = new((_, _) => { });

    /// <summary>Times since the Unix epoch in microseconds.</summary>
    public static Shape Micros(string what) => Whole($"{what}, in microseconds since the Unix epoch.");

    /// <summary>A text.</summary>
    public static Shape Text(string what = "", string? pattern = null, int? maxLength = null) => new((schema, _) =>
    {
        Set(schema, JsonSchemaType.String, what);
        schema.Pattern = pattern;
        schema.MaxLength = maxLength;
    });

    /// <summary>One of some words.</summary>
    public static Shape Word(string what, params string[] words) => new((schema, _) =>
    {
        Set(schema, JsonSchemaType.String, what);
        schema.Enum = [.. words.Select(word => (JsonNode)word)];
    });

    /// <summary>A whole number, not negative unless said so.</summary>
    public static Shape Whole(string what = "", long minimum = 0, long? maximum = null) => new((schema, _) =>
    {
        Set(schema, JsonSchemaType.Integer, what);
        schema.Minimum = minimum.ToString(CultureInfo.InvariantCulture);
        schema.Maximum = maximum?.ToString(CultureInfo.InvariantCulture);
    });

    /// <summary>A number.</summary>
    public static Shape Number(string what = "") => new((schema, _) => Set(schema, JsonSchemaType.Number, what));

    /// <summary>True or false.</summary>
    public static Shape Flag(string what = "") => new((schema, _) => Set(schema, JsonSchemaType.Boolean, what));

    /// <summary>Text, number or boolean: the value of a resource.</summary>
    public static Shape Scalar(string what = "") => new((schema, _) => Set(schema, JsonSchemaType.String | JsonSchemaType.Number | JsonSchemaType.Boolean, what));

    /// <summary>A list.</summary>
    public static Shape List(Shape item, string what = "") => new((schema, document) =>
    {
        Set(schema, JsonSchemaType.Array, what);
        schema.Items = item.In(document);
    });

    /// <summary>An object whose names are the caller's own.</summary>
    public static Shape Map(Shape value, string what = "") => new((schema, document) =>
    {
        Set(schema, JsonSchemaType.Object, what);
        schema.AdditionalProperties = value.In(document);
    });

    /// <summary>An object with these fields.</summary>
    public static Shape Object(params (string Name, Shape Shape)[] fields) => Object("", fields);

    /// <summary>An object with these fields.</summary>
    public static Shape Object(string what, params (string Name, Shape Shape)[] fields) => new((schema, document) =>
    {
        Set(schema, JsonSchemaType.Object, what);
        schema.Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal);
        foreach (var (name, shape) in fields)
        {
            schema.Properties[name.TrimEnd('?')] = shape.In(document);
        }

        var required = fields.Where(field => !field.Name.EndsWith('?')).Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        schema.Required = required.Count > 0 ? required : null;
    });

    /// <summary>Any one of several shapes.</summary>
    public static Shape AnyOf(params Shape[] shapes) => new((schema, document) => schema.AnyOf = [.. shapes.Select(shape => shape.In(document))]);

    /// <summary>Raw bytes, which JSON Schema says nothing about.</summary>
    public static Shape Bytes(string what = "") => new((schema, _) => schema.Description = what.Length > 0 ? what : null);

    /// <summary>The same shape, to be found under a name of its own in the document.</summary>
    public Shape Named(string name) => new(_write, name);

    /// <summary>The same shape, or null.</summary>
    public Shape OrNull() => new((schema, document) =>
    {
        _write(schema, document);
        schema.Type |= JsonSchemaType.Null;
    });

    /// <summary>The shape as a schema of the document.</summary>
    public IOpenApiSchema In(OpenApiDocument document)
    {
        if (_name is null)
        {
            return Build(document);
        }

        var schemas = document.Components!.Schemas!;
        if (!schemas.ContainsKey(_name))
        {
            schemas[_name] = Build(document);
        }

        return new OpenApiSchemaReference(_name, document);
    }

    private OpenApiSchema Build(OpenApiDocument document)
    {
        var schema = new OpenApiSchema();
        _write(schema, document);
        return schema;
    }

    private static void Set(OpenApiSchema schema, JsonSchemaType type, string what)
    {
        schema.Type = type;
        schema.Description = what.Length > 0 ? what : null;
    }
}
