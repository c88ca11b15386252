using Microsoft.Extensions.Options;

namespace Murano.Shared.Connectors;

/// <summary>Host names of connectors.</summary>
public sealed class DeviceHosts(IOptions<DeviceOptions> options)
{
    /// <summary>The connector that a host name (without port) names, known or not.</summary>
    public bool TryRead(string host, out ConnectorId id, out bool devMode)
    {
        devMode = false;
        id = default;
        return options.Value.Domain.Length > 0 && host.EndsWith('.' + options.Value.Domain, StringComparison.Ordinal) && ConnectorId.TryParse(host.Split('.')[0], out id);
    }
}
