using Azure.Core;

namespace Azure.Messaging.WebPubSub;

/// <summary>Stands in for the official type of the same name: how the client's pipeline behaves.</summary>
public class WebPubSubServiceClientOptions : ClientOptions;
