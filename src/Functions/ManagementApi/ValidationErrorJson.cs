using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Connectors;

namespace Murano.Functions.ManagementApi;

/// <summary>The nested form in which Murano tells what is wrong with a field of a body (specification b.1).</summary>
internal static class ValidationErrorJson
{
    private const string Code = "INVALID_REQUEST_PARAMETER";

    /// <summary>The message of the whole refusal: Murano's own for a word that a field does not take, else what is wrong, because command lines show nothing more.</summary>
    public static string Message(Failure.Rejected failure) => EnumMismatch.TryGetWord(failure, out _) ? "Validation errors" : failure.Detail;

    /// <summary>Writes the property <c>errors</c>, when the refusal is about a field. A value that may not be set is no error of form.</summary>
    public static void Write(Utf8JsonWriter json, Failure.Rejected failure, HttpRequest request)
    {
        if (failure.Field.Length == 0 || string.Equals(failure.Reason, ResourceRules.NotSettable, StringComparison.Ordinal))
        {
            return;
        }

        var (name, template) = Parameter(request.Path);
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("code", Code);
        json.WriteString("in", "body");
        json.WriteString("name", name);
        json.WriteString("message", $"Invalid parameter ({name}): Value failed JSON Schema validation");
        WriteStrings(json, "path", ["paths", template, request.Method.ToLowerInvariant(), "parameters", "0"]);
        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("code", failure.Reason.Replace('-', '_').ToUpperInvariant());
        WriteStrings(json, "params", EnumMismatch.TryGetWord(failure, out var word) ? [word] : []);
        json.WriteString("message", failure.Detail);
        WriteStrings(json, "path", failure.Field.Split('.'));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>Name and address of the body in Murano's own description of its service.</summary>
    private static (string Name, string Template) Parameter(PathString path)
    {
        var segments = (path.Value ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (segments is not [_, "service", ..])
        {
            return ("body", path.Value ?? "");
        }

        return segments.Length switch
        {
            // api:1 / service / {connector} / device2 / ...
            6 when string.Equals(segments[4], "resource", StringComparison.OrdinalIgnoreCase) => ("resource", "/{context_id}/resource/{alias}"),
            7 when string.Equals(segments[6], "tag", StringComparison.OrdinalIgnoreCase) => ("tags", "/{context_id}/identity/{identity}/tag"),
            > 6 => ("state", "/{context_id}/identity/{identity}/state"),
            6 => ("device", "/{context_id}/identity/{identity}"),
            5 => ("device", "/{context_id}/identity/"),
            _ => ("settings", "/{context_id}"),
        };
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
