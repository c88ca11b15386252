using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Deployment;

/// <summary>A parameter of the infrastructure that is set by a variable of azd's environment.</summary>
/// <param name="Name">In Bicep.</param>
/// <param name="Variable">In azd's environment.</param>
/// <param name="Default">What holds while the variable is not set; null = it has to be.</param>
internal sealed partial record AzdParameter(string Name, string Variable, string? Default)
{
    /// <summary>All of infra/main.parameters.json.</summary>
    public static IEnumerable<AzdParameter> Read() =>
        from parameter in JsonNode.Parse(Repository.Read("infra/main.parameters.json"))!["parameters"]!.AsObject()
        from match in Reference().Matches(parameter.Value!["value"]!.ToJsonString())
        select new AzdParameter(parameter.Key, match.Groups["name"].Value, match.Groups["default"] is { Success: true, Value: var value } ? value : null);

    [GeneratedRegex("\\$\\{(?<name>[A-Z][A-Z0-9_]*)(?::?[=-](?<default>[^}]*))?\\}")]
    private static partial Regex Reference();
}
