using System.Text.Json;

namespace Murano.LocalHost.Hosting;

/// <summary>Reads a file of the shape of local.settings.json.</summary>
internal static class SettingsFile
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Its values under configuration keys; none when there is no such file.</summary>
    public static Dictionary<string, string?> Read(string path)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        if (!File.Exists(path))
        {
            return values;
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path), Lenient);
            var root = document.RootElement;

            // The platform's tools take a file that does not say for an encrypted one.
            if (!root.TryGetProperty("IsEncrypted", out var encrypted) || encrypted.ValueKind != JsonValueKind.False)
            {
                throw new LocalHostException($"{path} is encrypted, or does not say that it is not: write \"IsEncrypted\": false and plain values.");
            }

            foreach (var value in root.TryGetProperty("Values", out var settings) ? settings.EnumerateObject().ToArray() : [])
            {
                values[value.Name.Replace("__", ":", StringComparison.Ordinal)] = value.Value.ToString();
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"{path} cannot be read: {fault.Message}", fault);
        }

        return values;
    }
}
