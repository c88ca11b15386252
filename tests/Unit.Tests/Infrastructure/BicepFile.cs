using System.Text.Json;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>A compiled .bicep file.</summary>
/// <param name="Name">From the root of the checkout.</param>
/// <param name="Template">The ARM template; null when the file has errors.</param>
/// <param name="Diagnostics">What the compiler and the linter say about it.</param>
internal sealed record BicepFile(string Name, JsonElement? Template, IReadOnlyList<BicepDiagnostic> Diagnostics)
{
    /// <summary>Its parameters: name and definition.</summary>
    public IEnumerable<JsonProperty> Parameters => Members("parameters");

    /// <summary>Its outputs: name and definition.</summary>
    public IEnumerable<JsonProperty> Outputs => Members("outputs");

    /// <summary>Its resources and modules.</summary>
    public IEnumerable<JsonElement> Resources => Template!.Value.GetProperty("resources") is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : Members("resources").Select(resource => resource.Value);

    private JsonElement.ObjectEnumerator Members(string name) => Template!.Value.TryGetProperty(name, out var members) ? members.EnumerateObject() : default;
}
