using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using Murano.Shared.Tags;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// What is asked of a device's tags, as text: <c>name</c>, <c>name=value</c> or <c>name=beginning*</c>, where a backslash before <c>= * \ {</c> takes away its
/// meaning; or, for programs, <c>{"name","value"}</c> as JSON (specification c.1, listIdentities).
/// </summary>
internal static class TagTerm
{
    /// <summary>For people whose text was refused.</summary>
    public const string Escapes = "A star elsewhere than at the end, and an equals sign in a name, need a backslash.";

    private const char Escape = '\\';
    private const string Meaningful = @"=*\{";

    /// <summary>Reads a condition; false for a text that is none, or names what no tag can have.</summary>
    public static bool TryRead(string text, out TagCondition condition)
    {
        condition = default;
        return text.StartsWith('{') ? TryReadJson(text, out condition) : TryReadText(text, out condition);
    }

    private static bool TryReadText(string text, out TagCondition condition)
    {
        condition = default;
        var read = new StringBuilder();
        string? name = null;
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case Escape when at + 1 < text.Length && Meaningful.Contains(text[at + 1], StringComparison.Ordinal):
                    read.Append(text[++at]);
                    break;
                case '=' when name is null:
                    name = read.ToString();
                    read.Clear();
                    break;
                case '*':
                    return name is not null && at == text.Length - 1 && TryMake(name, read.ToString(), isExact: false, out condition);
                default:
                    read.Append(text[at]);
                    break;
            }
        }

        return name is null ? TryMake(read.ToString(), "", isExact: false, out condition) : TryMake(name, read.ToString(), isExact: true, out condition);
    }

    private static bool TryReadJson(string text, out TagCondition condition)
    {
        condition = default;
        try
        {
            using var document = JsonDocument.Parse(text);
            return TryGet(document.RootElement, "name", out var name)
                && (TryGet(document.RootElement, "value", out var value) ? TryMake(name, value, isExact: true, out condition) : TryMake(name, "", isExact: false, out condition))
                && document.RootElement.EnumerateObject().All(field => field.Name is "name" or "value" && field.Value.ValueKind == JsonValueKind.String);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or ArgumentException)
        {
            return false; // Text that is no JSON, and strings that are no text.
        }
    }

    private static bool TryGet(JsonElement json, string name, [NotNullWhen(true)] out string? text)
    {
        text = json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null;
    }

    private static bool TryMake(string name, string text, bool isExact, out TagCondition condition)
    {
        condition = default;
        if (!TagName.TryParse(name, out var tagName))
        {
            return false;
        }

        if (text.Length == 0)
        {
            condition = TagCondition.Any(tagName);
            return !isExact;
        }

        if (!TagValue.TryParse(text, out var value))
        {
            return false;
        }

        condition = isExact ? TagCondition.Is(new(tagName, value)) : TagCondition.Begins(new(tagName, value));
        return true;
    }
}
