using System.Diagnostics.CodeAnalysis;
using Azure.Core;

namespace Azure.Messaging.WebPubSub;

/// <summary>Stands in for the official type of the same name: how the client's pipeline behaves.</summary>
public class WebPubSubServiceClientOptions : ClientOptions
{
    /// <summary>The usual ones.</summary>
    /// <param name="version">The service's version to speak; here all mean the newest.</param>
    [SuppressMessage("Style", "IDE0060:Remove unused parameter", Justification = "As the official type declares it.")]
    public WebPubSubServiceClientOptions(ServiceVersion version = ServiceVersion.V2024_12_01)
    {
    }

    /// <summary>Versions of the service.</summary>
    [SuppressMessage("Naming", "CA1707:Identifiers should not contain underscores", Justification = "As the official type declares it.")]
    [SuppressMessage("Design", "CA1034:Nested types should not be visible", Justification = "As the official type declares it.")]
    [SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "As the official type declares it.")]
    public enum ServiceVersion
    {
        /// <summary>Of October 2021.</summary>
        V2021_10_01 = 1,

        /// <summary>Of January 2024.</summary>
        V2024_01_01 = 2,

        /// <summary>Of December 2024.</summary>
        V2024_12_01 = 3,
    }
}
