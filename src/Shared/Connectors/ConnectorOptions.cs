using System.ComponentModel.DataAnnotations;

namespace Murano.Shared.Connectors;

/// <summary>How much may be made.</summary>
public sealed class ConnectorOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Connectors";

    /// <summary>Most connectors that operators may make; 0 = no limit. Two made in the same moment may go one over it. 0 to 100,000.</summary>
    [Range(0, 100_000, ErrorMessage = "Connectors:MaxConnectors must be from 0 to 100000.")]
    public int MaxConnectors { get; set; }

    /// <summary>Most devices of each connector; 0 = no limit. Instances that make some at the same time may go a few over it. 0 to 100,000,000.</summary>
    [Range(0, 100_000_000, ErrorMessage = "Connectors:MaxDevices must be from 0 to 100000000.")]
    public int MaxDevices { get; set; }
}
