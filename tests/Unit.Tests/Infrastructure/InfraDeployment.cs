using System.Text.Json;
using System.Text.Json.Nodes;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>What a deployment with some parameters would ask Azure for. Values that only Azure knows are expressions in brackets.</summary>
/// <param name="Prediction">The compiler's snapshot: <c>predictedResources</c> and <c>outputs</c>.</param>
internal sealed record InfraDeployment(JsonObject Prediction)
{
    /// <summary>The tenant of all predictions.</summary>
    public const string Tenant = "00000000-0000-0000-0000-000000000002";

    /// <summary>The subscription of all predictions.</summary>
    public const string Subscription = "00000000-0000-0000-0000-000000000001";

    /// <summary>The region of all predictions.</summary>
    public const string Location = "westeurope";

    /// <summary>All resources.</summary>
    public IEnumerable<JsonObject> Resources => Prediction["predictedResources"]!.AsArray().Select(resource => resource!.AsObject());

    /// <summary>The function app.</summary>
    public JsonObject App => Of("Microsoft.Web/sites").Single();

    /// <summary>The app's settings by name.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        Of("Microsoft.Web/sites/config").Single()["properties"]!.AsObject().ToDictionary(setting => setting.Key, setting => setting.Value!.GetValue<string>(), StringComparer.Ordinal);

    /// <summary>The outputs by name.</summary>
    public IReadOnlyDictionary<string, string> Outputs => Prediction["outputs"]!.AsObject().ToDictionary(output => output.Key, output => output.Value!.GetValue<string>(), StringComparer.Ordinal);

    /// <summary>Resources of one type.</summary>
    public IEnumerable<JsonObject> Of(string type) => Resources.Where(resource => string.Equals((string?)resource["type"], type, StringComparison.Ordinal));

    /// <summary>The last part of the names of the resources of one type, in order.</summary>
    public IEnumerable<string> NamesOf(string type) => Of(type).Select(resource => ((string)resource["name"]!).Split('/')[^1]).Order(StringComparer.Ordinal);

    /// <summary>A copy of it that a test may spoil.</summary>
    public InfraDeployment Copy() => new(Prediction.DeepClone().AsObject());

    /// <summary>The same from the compiler's own form.</summary>
    public static InfraDeployment From(JsonElement prediction) => new(JsonObject.Create(prediction)!);
}
