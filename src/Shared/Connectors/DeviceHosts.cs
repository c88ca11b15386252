using Microsoft.Extensions.Options;

namespace Murano.Shared.Connectors;

/// <summary>Host names of connectors (specification a.1).</summary>
public sealed class DeviceHosts(IOptions<DeviceOptions> options)
{
    private readonly DeviceOptions _options = options.Value;
    private readonly string _suffix = Suffix(options.Value.Domain);
    private readonly string _devModeSuffix = Suffix(DevModeDomain(options.Value));

    /// <summary>The host name that a connector's devices are told, with a port where they need one.</summary>
    /// <param name="id">The connector.</param>
    /// <param name="requestHost">The name, and port, by which the request for it came: the answer where nothing is configured.</param>
    public string Fqdn(ConnectorId id, string requestHost) =>
        _options.Domain.Length > 0 ? $"{id}.{_options.Domain}"
        : _options.Host.Length > 0 ? _options.Host
        : requestHost;

    /// <summary>As <see cref="Fqdn"/>, without a port: Murano's tools take none in a solution's domain (specification b.2).</summary>
    public string Domain(ConnectorId id, string requestHost) => WithoutPort(Fqdn(id, requestHost)).ToString();

    /// <summary>The domain under which connectors in developer mode are heard over plain http, with a port where they need one; empty when they have no names for that.</summary>
    /// <remarks>Where none is set it is made of the one for https, whose port is none of plain http's.</remarks>
    public string DevMode { get; } = options.Value.DevModeDomain.Length > 0 ? options.Value.DevModeDomain : WithoutPort(DevModeDomain(options.Value)).ToString();

    /// <summary>Where https is heard, as the end of an address's host: a colon and the port where devices need one; else empty.</summary>
    public string HttpsPort { get; } = options.Value.Domain.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? options.Value.Domain[colon..] : "";

    /// <summary>The connector that a host name names, known or not. A port, upper-case letters and a final dot do not matter.</summary>
    /// <param name="host">As in the header <c>Host</c>.</param>
    /// <param name="id">The connector.</param>
    /// <param name="devMode">Whether it is the name for developer mode.</param>
    public bool TryRead(string host, out ConnectorId id, out bool devMode)
    {
        ArgumentNullException.ThrowIfNull(host);
        var name = WithoutPort(host.AsSpan());
        devMode = IsUnder(name, _devModeSuffix, out id);
        return devMode || IsUnder(name, _suffix, out id);
    }

    private static bool IsUnder(ReadOnlySpan<char> name, string suffix, out ConnectorId id)
    {
        id = default;
        return suffix.Length > 0
            && name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
            && name.Length - suffix.Length <= ConnectorId.MaxLength
            && ConnectorId.TryParse(name[..^suffix.Length].ToString(), out id);
    }

    private static string DevModeDomain(DeviceOptions options) =>
        options.DevModeDomain.Length > 0 ? options.DevModeDomain
        : options.Domain.Length > 0 ? "devmode-" + options.Domain
        : "";

    private static string Suffix(string domain) => domain.Length > 0 ? $".{WithoutPort(domain)}" : "";

    private static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        var port = host.IndexOf(':');
        return (port < 0 ? host : host[..port]).TrimEnd('.');
    }
}
