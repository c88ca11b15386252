using System.Text.Json;
using Murano.Shared.Connectors;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Gives a connector the resources that a test wants.</summary>
internal static class Definitions
{
    /// <summary>Replaces the map of resources.</summary>
    /// <param name="connectors">The instance's service.</param>
    /// <param name="connector">Whose.</param>
    /// <param name="resources">The map as JSON (specification b.3).</param>
    public static async Task ReplaceAsync(ConnectorService connectors, ConnectorId connector, string resources)
    {
        using var patch = JsonDocument.Parse($$"""{"resources":{{resources}}}""");
        await connectors.PatchAsync(connector, patch.RootElement, TestContext.Current.CancellationToken).Ok();
    }
}
