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

    /// <summary>Address of the service, whichever setting names it; null when none does, or it cannot be read.</summary>
    internal Uri? Address => Uri.TryCreate(ConnectionString.Length > 0 ? EndpointOf(ConnectionString) : Endpoint, UriKind.Absolute, out var address) ? address : null;

    // Endpoint=https://name.webpubsub.azure.com;AccessKey=...;Port=8080;Version=1.0;
    private static string EndpointOf(string connectionString)
    {
        string? endpoint = null, port = null;
        foreach (var part in connectionString.Split(';'))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = equals < 0 ? (part, "") : (part[..equals].Trim(), part[(equals + 1)..].Trim());
            endpoint = name.Equals("Endpoint", StringComparison.OrdinalIgnoreCase) ? value.TrimEnd('/') : endpoint;
            port = name.Equals("Port", StringComparison.OrdinalIgnoreCase) ? value : port;
        }

        return port is null ? endpoint ?? "" : $"{endpoint}:{port}";
    }
}
