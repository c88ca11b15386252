using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Configuration;

namespace Murano.Shared.Storage;

/// <summary>The identity under which the app calls Azure's services.</summary>
internal static class AppIdentity
{
    /// <summary>The user-assigned identity that the settings of the host's storage name, else the one that is found.</summary>
    public static TokenCredential Of(IConfiguration configuration) => Of(configuration.GetSection(StorageClients.Connection)["clientId"]);

    /// <summary>The user-assigned identity with this client id; without one, the identity that is found.</summary>
    public static TokenCredential Of(string? clientId) => clientId is { Length: > 0 }
        ? new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId))
        : new DefaultAzureCredential();
}
