using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Murano.Unit.Tests.Infrastructure;

/// <summary>What must hold of every deployment, whatever its parameters.</summary>
internal static partial class SecurityRules
{
    /// <summary>Each resource type with the properties that its resources must have, and the values that these may have, as JSON.</summary>
    private static readonly (string Type, string Property, string[] Allowed)[] Properties =
    [
        ("Microsoft.Storage/storageAccounts", "properties.allowSharedKeyAccess", ["false"]),
        ("Microsoft.Storage/storageAccounts", "properties.allowBlobPublicAccess", ["false"]),
        ("Microsoft.Storage/storageAccounts", "properties.supportsHttpsTrafficOnly", ["true"]),
        ("Microsoft.Storage/storageAccounts", "properties.minimumTlsVersion", ["\"TLS1_2\"", "\"TLS1_3\""]),
        ("Microsoft.Storage/storageAccounts", "properties.allowCrossTenantReplication", ["false"]),
        ("Microsoft.Storage/storageAccounts", "properties.publicNetworkAccess", ["\"Enabled\"", "\"Disabled\""]),
        ("Microsoft.Storage/storageAccounts", "properties.networkAcls.defaultAction", ["\"Allow\"", "\"Deny\""]),
        ("Microsoft.Storage/storageAccounts/blobServices/containers", "properties.publicAccess", ["\"None\""]),
        ("Microsoft.SignalRService/webPubSub", "properties.disableLocalAuth", ["true"]),
        ("Microsoft.SignalRService/webPubSub", "properties.publicNetworkAccess", ["\"Enabled\"", "\"Disabled\""]),
        ("Microsoft.SignalRService/webPubSub/hubs", "properties.anonymousConnectPolicy", ["\"deny\""]),
        ("Microsoft.Insights/components", "properties.DisableLocalAuth", ["true"]),
        ("Microsoft.Insights/components", "properties.publicNetworkAccessForIngestion", ["\"Enabled\"", "\"Disabled\""]),
        ("Microsoft.Insights/components", "properties.publicNetworkAccessForQuery", ["\"Enabled\"", "\"Disabled\""]),
        ("Microsoft.OperationalInsights/workspaces", "properties.features.disableLocalAuth", ["true"]),
        ("Microsoft.OperationalInsights/workspaces", "properties.publicNetworkAccessForIngestion", ["\"Enabled\"", "\"Disabled\""]),
        ("Microsoft.OperationalInsights/workspaces", "properties.publicNetworkAccessForQuery", ["\"Enabled\"", "\"Disabled\""]),
        ("Microsoft.Web/sites", "identity.type", ["\"UserAssigned\""]),
        ("Microsoft.Web/sites", "properties.clientCertEnabled", ["true"]),
        ("Microsoft.Web/sites", "properties.clientCertMode", ["\"Optional\""]),
        ("Microsoft.Web/sites", "properties.clientCertExclusionPaths", [Absent]),
        ("Microsoft.Web/sites", "properties.publicNetworkAccess", ["\"Enabled\"", "\"Disabled\""]),
        ("Microsoft.Web/sites", "properties.functionAppConfig.deployment.storage.authentication.type", ["\"UserAssignedIdentity\""]),
        ("Microsoft.Web/sites", "properties.siteConfig.minTlsVersion", ["\"1.2\"", "\"1.3\""]),
        ("Microsoft.Web/sites", "properties.siteConfig.scmMinTlsVersion", ["\"1.2\"", "\"1.3\""]),
        ("Microsoft.Web/sites", "properties.siteConfig.ftpsState", ["\"Disabled\""]),
        ("Microsoft.Web/sites/basicPublishingCredentialsPolicies", "properties.allow", ["false"]),
    ];

    private const string Absent = "absent";

    /// <summary>The types of resources and the properties that there is a rule for.</summary>
    public static IEnumerable<(string Type, string Property)> Ruled => Properties.Select(rule => (rule.Type, rule.Property));

    /// <summary>What does not hold.</summary>
    /// <param name="deployment">The deployment.</param>
    /// <param name="developerMode">Whether plain http was asked for.</param>
    public static IReadOnlyList<string> Broken(InfraDeployment deployment, bool developerMode) =>
    [
        .. Properties.SelectMany(rule => Unlike(deployment, rule.Type, rule.Property, rule.Allowed)),
        .. Unlike(deployment, "Microsoft.Web/sites", "properties.httpsOnly", [developerMode ? "false" : "true"]),
        .. deployment.Of("Microsoft.Web/sites").Where(site => !HasIdentity(site, deployment)).Select(_ => "Microsoft.Web/sites: another identity than the one that has the roles"),
        .. Texts(deployment.Prediction).Where(text => Secret().IsMatch(text)).Select(text => $"secret: {text}"),
    ];

    /// <summary>Texts that hold a secret, or an expression that asks Azure for one.</summary>
    public static IEnumerable<string> Secrets(JsonNode node) => Texts(node).Where(text => Secret().IsMatch(text));

    /// <summary>The value at a path of names with dots between them; null when there is none.</summary>
    public static JsonNode? At(JsonNode? node, string path) => path.Split('.').Aggregate(node, (parent, name) => parent is JsonObject known ? known[name] : null);

    private static IEnumerable<string> Unlike(InfraDeployment deployment, string type, string property, string[] allowed)
    {
        var resources = deployment.Of(type).ToList();
        return resources.Count == 0
            ? [$"{type}: none"]
            : resources.Select(resource => At(resource, property)?.ToJsonString() ?? Absent).Where(value => !allowed.Contains(value, StringComparer.Ordinal)).Select(value => $"{type}: {property} is {value}");
    }

    private static bool HasIdentity(JsonObject site, InfraDeployment deployment)
    {
        var identity = (string)deployment.Of("Microsoft.ManagedIdentity/userAssignedIdentities").Single()["id"]!;
        return At(site, "identity.userAssignedIdentities") is JsonObject { Count: 1 } attached && attached.ContainsKey(identity)
            && string.Equals((string?)At(site, "properties.functionAppConfig.deployment.storage.authentication.userAssignedIdentityResourceId"), identity, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    // Functions that ask for keys, their properties, connection strings and signatures, and our own kinds of keys. The connection string of Application Insights lets nobody in by itself.
    [GeneratedRegex(@"\blist[A-Za-z]*\(|\b(?:primary|secondary)(?:Shared)?(?:Key|ConnectionString)\b|InstrumentationKey|(?:AccountKey|AccessKey|SharedAccessKey|SharedAccessSignature|Password)\s*=|[?&]sig=|\bmsk_[a-z0-9]|-----BEGIN ", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
