namespace Murano.Shared.Connectors;

/// <summary>How devices connect (specification c.4).</summary>
public sealed record ProtocolSettings
{
    /// <summary>Protocol name, kept as it was written: <c>onep:v1/http</c>, <c>murano:v1/mqtt</c>, or an old spelling.</summary>
    public string Name { get; init; } = "onep";

    /// <summary>Whether plain HTTP on the developer-mode host name is served (specification a.1).</summary>
    public bool DevMode { get; init; }

    /// <summary>Port that devices are told.</summary>
    public int Port { get; init; } = 443;

    /// <summary>Policy of TLS as JSON, a name or a list of versions and ciphers; empty = none was set. It is kept and shown: the platform in front of the app decides about TLS.</summary>
    public string TlsPolicy { get; init; } = "";
}
