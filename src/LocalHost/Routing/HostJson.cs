using System.Text.Json;

namespace Murano.LocalHost.Routing;

/// <summary>What host.json says about HTTP.</summary>
internal static class HostJson
{
    private const string DefaultPrefix = "api";

    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The prefix of all routes, without slashes at its ends.</summary>
    public static string ReadRoutePrefix(string folder)
    {
        var file = Path.Combine(folder, "host.json");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file), Lenient);
            return Find(document.RootElement, "extensions", "http", "routePrefix") is { ValueKind: JsonValueKind.String } prefix
                ? prefix.GetString()!.Trim('/')
                : DefaultPrefix;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException)
        {
            throw new LocalHostException($"{file} cannot be read: {fault.Message}", fault);
        }
    }

    private static JsonElement? Find(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            var found = element.EnumerateObject().FirstOrDefault(property => property.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            if (found.Value.ValueKind == JsonValueKind.Undefined)
            {
                return null;
            }

            element = found.Value;
        }

        return element;
    }
}
