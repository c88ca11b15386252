namespace Murano.LocalHost.WebPubSub;

/// <summary>What a client and the service speak.</summary>
internal enum ClientProtocol
{
    /// <summary>No protocol: the client gets the bare data, and what it sends is an event for a handler that there is none of.</summary>
    Simple,

    /// <summary><c>json.webpubsub.azure.v1</c>: what a dropped connection did not get is lost.</summary>
    Json,

    /// <summary><c>json.reliable.webpubsub.azure.v1</c>: numbered messages, which are sent again after a reconnection.</summary>
    Reliable,
}
