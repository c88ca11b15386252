namespace Murano.Unit.Tests.Infrastructure;

/// <summary>Sets of parameters, in the words of Bicep. Together they have the least, the greatest and odd values of what others are derived from.</summary>
internal static class InfraCases
{
    /// <summary>What azd asks for, and nothing else.</summary>
    public const string Default = "default";

    /// <summary>Something else than the default for each parameter but those that leave something out.</summary>
    public const string Everything = "everything";

    /// <summary>As little as can be.</summary>
    public const string Least = "least";

    /// <summary>Odd numbers, and one host name.</summary>
    public const string Odd = "odd";

    /// <summary>SHA-256 of nothing that is a secret.</summary>
    public const string Hash = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private const string Required = $"""
        param environmentName = 'test'
        param location = '{InfraDeployment.Location}'

        """;

    private const string Certificate = """
        param certificateVaultId = '/subscriptions/other/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/keys'
        param certificateName = 'murano'

        """;

    /// <summary>All sets by name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Default] = Required,
        [Everything] = Required + Certificate + $$"""
            param resourceGroupName = 'fleet'
            param firstKeyHash = '{{Hash}}'
            param entraTenantId = '00000000-0000-0000-0000-00000000000a'
            param entraClientId = '00000000-0000-0000-0000-00000000000b'
            param entraConsoleClientId = '00000000-0000-0000-0000-00000000000c'
            param administratorPrincipalId = '00000000-0000-0000-0000-000000000003'
            param administratorPrincipalType = 'Group'
            param instanceMemoryMB = 512
            param maximumInstanceCount = 1000
            param alwaysReadyInstances = 1
            param pollsPerInstance = 500
            param zoneRedundant = true
            param storageSku = 'Standard_GZRS'
            param tablePrefix = 'Fleet2'
            param softDeleteDays = 30
            param snapshotDays = 365
            param coolFilesAfterDays = 60
            param webPubSubSku = 'Standard_S1'
            param webPubSubUnits = 5
            param telemetryDays = 90
            param telemetryDailyCapGb = 10
            param otlpEndpoint = 'https://collector.example.com:4317'
            param alertEmails = 'one@example.com, two@example.com,'
            param alertFailedRequestsPercent = 1
            param alertFailedLogOns = 1000
            param alertThrottledRequests = 1
            param hostName = 'murano.example.com'
            param deviceDomain = 'devices.example.com'
            param developerMode = true
            param minTlsVersion = '1.3'
            param extraSettings = { Logging__LogLevel__Murano: 'Debug', Business__Name: 'Example' }

            """,
        [Least] = Required + Certificate + """
            param pollsPerInstance = 1
            param maximumInstanceCount = 1
            param tablePrefix = ''
            param deviceDomain = 'devices.example.com'
            param alertsEnabled = false

            """,
        [Odd] = Required + Certificate + """
            param pollsPerInstance = 3
            param alwaysReadyInstances = 7
            param hostName = 'murano.example.com'
            param instanceMemoryMB = 4096

            """,
    };

    /// <summary>A set with what azd asks for and these in addition.</summary>
    public static string With(string parameters) => Required + parameters;
}
