using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Murano.Tests;

/// <summary>
/// Judges values by the part of JSON Schema (2020-12) that the document uses; any other keyword is refused. Stricter than the standard in one thing: an
/// object that lists its fields has no others, so that what is not described does not go unnoticed. Ajv judges the examples too.
/// </summary>
public sealed class SchemaRules(JsonNode document)
{
    private static readonly string[] Silent = ["description", "title", "example", "examples"];

    /// <summary>What is wrong with a value, and where; empty when nothing is.</summary>
    public IReadOnlyList<string> Check(JsonNode schema, JsonNode? value)
    {
        List<string> problems = [];
        Check(schema, value, "$", problems);
        return problems;
    }

    /// <summary>What a reference stands for; the node itself when it is none.</summary>
    public JsonNode Resolve(JsonNode node)
    {
        while (node is JsonObject fields && fields["$ref"] is { } reference)
        {
            node = reference.GetValue<string>().TrimStart('#', '/').Split('/').Aggregate(document, (at, name) => at[name] ?? throw new InvalidOperationException($"There is no {reference}."));
        }

        return node;
    }

    private void Check(JsonNode schema, JsonNode? value, string at, List<string> problems)
    {
        foreach (var (keyword, rule) in Resolve(schema).AsObject())
        {
            switch (keyword)
            {
                case "type":
                    Require(rule is JsonArray kinds ? kinds.Any(kind => IsOf(kind!, value)) : IsOf(rule!, value), $"is not of type {rule!.ToJsonString()}");
                    break;
                case "enum":
                    Require(rule!.AsArray().Any(word => JsonNode.DeepEquals(word, value)), $"is not one of {rule.ToJsonString()}");
                    break;
                case "anyOf":
                    Require(rule!.AsArray().Any(one => Check(one!, value).Count == 0), "fits none of the shapes");
                    break;
                case "pattern" when TextOf(value) is { } text:
                    Require(Regex.IsMatch(text, rule!.GetValue<string>(), RegexOptions.NonBacktracking), $"does not look like {rule}");
                    break;
                case "maxLength" when TextOf(value) is { } text:
                    Require(text.Length <= rule!.GetValue<int>(), $"has more than {rule} characters");
                    break;
                case "minimum" when NumberOf(value) is { } number:
                    Require(number >= rule!.GetValue<double>(), $"is less than {rule}");
                    break;
                case "maximum" when NumberOf(value) is { } number:
                    Require(number <= rule!.GetValue<double>(), $"is more than {rule}");
                    break;
                case "items" when value is JsonArray items:
                    for (var i = 0; i < items.Count; i++)
                    {
                        Check(rule!, items[i], string.Create(CultureInfo.InvariantCulture, $"{at}[{i}]"), problems);
                    }

                    break;
                case "required" when value is JsonObject fields:
                    problems.AddRange(rule!.AsArray().Select(name => name!.GetValue<string>()).Where(name => !fields.ContainsKey(name)).Select(name => $"{at} has no {name}"));
                    break;
                case "properties" when value is JsonObject fields:
                    foreach (var (name, field) in fields)
                    {
                        if (rule![name] is { } one)
                        {
                            Check(one, field, $"{at}.{name}", problems);
                        }
                        else
                        {
                            problems.Add($"{at}.{name} is not described");
                        }
                    }

                    break;
                case "additionalProperties" when value is JsonObject fields:
                    foreach (var (name, field) in fields)
                    {
                        Check(rule!, field, $"{at}.{name}", problems);
                    }

                    break;
                case "pattern" or "maxLength" or "minimum" or "maximum" or "items" or "required" or "properties" or "additionalProperties":
                    break;
                default:
                    Require(Silent.Contains(keyword, StringComparer.Ordinal), $"is judged by {keyword}, which is not known here");
                    break;
            }
        }

        void Require(bool holds, string problem)
        {
            if (!holds)
            {
                problems.Add($"{at} {problem}: {value?.ToJsonString() ?? "null"}");
            }
        }
    }

    private static string? TextOf(JsonNode? value) => value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    private static double? NumberOf(JsonNode? value) => value?.GetValueKind() == JsonValueKind.Number ? double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture) : null;

    private static bool IsOf(JsonNode kind, JsonNode? value) => kind.GetValue<string>() switch
    {
        "null" => value is null,
        "integer" => NumberOf(value) is { } number && double.IsInteger(number),
        "number" => NumberOf(value) is not null,
        "string" => TextOf(value) is not null,
        "boolean" => value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False,
        "array" => value is JsonArray,
        "object" => value is JsonObject,
        var other => throw new InvalidOperationException($"{other} is no type."),
    };
}
