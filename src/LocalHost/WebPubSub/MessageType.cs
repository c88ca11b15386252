namespace Murano.LocalHost.WebPubSub;

/// <summary>How data is written in frames of the JSON protocols.</summary>
internal enum MessageType
{
    /// <summary>Any JSON value, as it is.</summary>
    Json,

    /// <summary>A JSON string.</summary>
    Text,

    /// <summary>A JSON string of base64.</summary>
    Binary,

    /// <summary>As <see cref="Binary"/>: one protobuf message.</summary>
    Protobuf,
}
