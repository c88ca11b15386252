using System.ComponentModel.DataAnnotations;

namespace Murano.Functions.Realtime;

/// <summary>Which Web PubSub service carries wakes and live logs. Without one, wakes stay within an instance and there is no live log.</summary>
public sealed class WebPubSubOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "WebPubSub";

    /// <summary>The service by a connection string, which holds its access key; empty = <see cref="Endpoint"/> counts. LocalHost has an emulator while both are empty.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>The service by its address, to be reached with the identity that reaches the storage.</summary>
    [RegularExpression("^(https?://[^/?#]+/?)?$", ErrorMessage = "WebPubSub:Endpoint must be an address such as https://name.webpubsub.azure.com.")]
    public string Endpoint { get; set; } = "";
}
