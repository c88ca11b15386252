using System.Globalization;
using System.Text.Json;

namespace Murano.Shared;

/// <summary>
/// Reads the known fields of a JSON object and leaves the others alone. An absent field keeps its present value; the first field with a bad value is
/// remembered, and then nothing that was read may be used.
/// </summary>
internal sealed class JsonFields
{
    private readonly JsonElement _object;
    private readonly string _path;
    private readonly JsonFields? _parent;

    /// <summary>The fields of a whole body, or of a part that <paramref name="path"/> names.</summary>
    public JsonFields(JsonElement value, string path)
        : this(value, path, null)
    {
    }

    private JsonFields(JsonElement value, string path, JsonFields? parent)
    {
        (_object, _path, _parent) = (value, path, parent);
        if (value.ValueKind != JsonValueKind.Object)
        {
            Refuse(new("invalid-type", path, path.Length == 0 ? "The body must be a JSON object." : $"{path} must be an object."));
        }
    }

    /// <summary>The first bad value; null = all that was read is good.</summary>
    public Failure.Rejected? Problem { get; private set; }

    /// <summary>Remembers that something is bad, unless something else was before.</summary>
    public void Refuse(Failure.Rejected problem)
    {
        Problem ??= problem;
        _parent?.Refuse(problem);
    }

    /// <summary>Whether the field is there, and not null where null means absent.</summary>
    public bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return _object.ValueKind == JsonValueKind.Object && _object.TryGetProperty(name, out value);
    }

    /// <summary>The fields of an object within; null when it is absent.</summary>
    public JsonFields? Object(string name) => TryGet(name, out var value) ? new(value, PathOf(name), this) : null;

    /// <summary>A text of at most <paramref name="longest"/> characters.</summary>
    public string Text(string name, string present, int longest)
    {
        if (!TryGet(name, out var value))
        {
            return present;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Wrong(name, "a string", present);
        }

        var text = value.GetString()!;
        if (text.Length > longest)
        {
            Refuse(new("too-long", PathOf(name), string.Create(CultureInfo.InvariantCulture, $"{PathOf(name)} has at most {longest} characters.")));
            return present;
        }

        return text;
    }

    /// <summary>A boolean.</summary>
    public bool Flag(string name, bool present) => OptionalFlag(name) ?? present;

    /// <summary>A boolean; null when it is absent.</summary>
    public bool? OptionalFlag(string name) => !TryGet(name, out var value) ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : Wrong<bool?>(name, "true or false", null);

    /// <summary>A number from zero to <paramref name="most"/>.</summary>
    public double Number(string name, double present, double most)
    {
        if (!TryGet(name, out var value))
        {
            return present;
        }

        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && number >= 0 && number <= most
            ? number
            : Wrong(name, string.Create(CultureInfo.InvariantCulture, $"a number from 0 to {most}"), present);
    }

    /// <summary>A whole number, not negative; null when it is absent.</summary>
    public long? OptionalWhole(string name)
    {
        if (!TryGet(name, out var value))
        {
            return null;
        }

        // 1e6 and 1.0 are whole numbers too; some languages write them so.
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) && number is >= 0 and <= long.MaxValue && decimal.IsInteger(number))
        {
            return (long)number;
        }

        return Wrong<long?>(name, "a whole number that is not negative", null);
    }

    /// <summary>One of a few words; null when it is absent.</summary>
    /// <param name="name">The field.</param>
    /// <param name="read">The meaning of a word; null = it has none.</param>
    public T? Word<T>(string name, Func<string, T?> read)
    {
        if (!TryGet(name, out var value))
        {
            return default;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return Wrong<T?>(name, "a string", default);
        }

        var word = value.GetString()!;
        if (read(word) is { } meaning)
        {
            return meaning;
        }

        Refuse(EnumMismatch.Of(PathOf(name), word));
        return default;
    }

    private string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private T Wrong<T>(string name, string wanted, T present)
    {
        Refuse(new("invalid-type", PathOf(name), $"{PathOf(name)} must be {wanted}."));
        return present;
    }
}
