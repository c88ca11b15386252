using Murano.Functions.DeviceApi;
using Murano.Functions.Health;
using Murano.Functions.ManagementApi;

namespace Murano.Functions.Documentation;

/// <summary>
/// All routes of both APIs with what there is to say about them, section by section. A test compares them with the functions, both ways. The management page's own
/// routes are left out: they are its business, and another version of it may have others.
/// </summary>
internal static class ApiDescription
{
    /// <summary>The sections in the order of the document.</summary>
    public static IReadOnlyList<ApiSection> Sections { get; } =
    [
        ProvisioningDescription.Section,
        DeviceStateDescription.Section,
        DeviceFileDescription.Section,
        ClockDescription.Section,
        TokenDescription.Section,
        BusinessDescription.Section,
        SettingsDescription.Section,
        IdentityDescription.Section,
        IdentityBatchDescription.Section,
        JobDescription.Section,
        IdentityStateDescription.Section,
        TagDescription.Section,
        ContentItemDescription.Section,
        LogDescription.Section,
        EventDescription.Section,
        KeyDescription.Section,
        AuditDescription.Section,
        CheckDescription.Section,
        HealthDescription.Section,
        DocumentDescription.Section,
    ];
}
