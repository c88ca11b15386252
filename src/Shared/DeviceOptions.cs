using System.ComponentModel.DataAnnotations;

namespace Murano.Shared;

/// <summary>How devices are served.</summary>
public sealed class DeviceOptions : IValidatableObject
{
    private const int MostPerMinute = 1_000_000;

    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Devices";

    /// <summary>Domain under which each connector has its host name <c>{connector}.{domain}</c>, with a port where devices need one; empty = connectors have no host names of their own.</summary>
    [RegularExpression(@"^([A-Za-z0-9.-]+(:[0-9]{1,5})?)?$", ErrorMessage = "Devices:Domain must be a domain name, with or without a port.")]
    public string Domain { get; set; } = "";

    /// <summary>The same for developer mode (plain http); empty = <c>devmode-</c> in front of <see cref="Domain"/>'s name.</summary>
    [RegularExpression(@"^([A-Za-z0-9.-]+(:[0-9]{1,5})?)?$", ErrorMessage = "Devices:DevModeDomain must be a domain name, with or without a port.")]
    public string DevModeDomain { get; set; } = "";

    /// <summary>Host name that is told to devices when <see cref="Domain"/> is empty; empty = the name that the request for it came by.</summary>
    [RegularExpression(@"^([A-Za-z0-9.-]+(:[0-9]{1,5})?)?$", ErrorMessage = "Devices:Host must be a host name, with or without a port.")]
    public string Host { get; set; } = "";

    /// <summary>Whether a Host header that names no connector is refused (401).</summary>
    public bool StrictHost { get; set; }

    /// <summary>Whether devices are refused over plain http outside developer mode.</summary>
    public bool RequireHttps { get; set; }

    /// <summary>Whether the header <c>X-ARR-ClientCert</c> is the platform's own and so says which client certificate was proven. Not set: no, but on LocalHost yes.</summary>
    public bool? TrustClientCertificate { get; set; }

    /// <summary>How long a device's report of a value that the pending one replaced leaves the pending one alone; 0 = Murano's bare rule, the device wins. 0 to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = "Devices:CommandGuard must be from 00:00:00 to 01:00:00.")]
    public TimeSpan CommandGuard { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a credential that was confirmed is believed without asking storage. 0 to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Devices:CredentialCache must be from 00:00:00 to 00:01:00.")]
    public TimeSpan CredentialCache { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long settings and resources of a connector are believed without asking storage. 0 to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ErrorMessage = "Devices:SettingsCache must be from 00:00:00 to 00:10:00.")]
    public TimeSpan SettingsCache { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Longest time for the storage work of one device request, from its complete body to its reply. 1 to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Devices:RequestDeadline must be from 00:00:01 to 00:01:00.")]
    public TimeSpan RequestDeadline { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long after its last request a device counts as online. Reads move last seen once a minute only, and an open poll is noted up to two minutes late,
    /// so less would call devices late that are not. 2 minutes to 1 day.
    /// </summary>
    [Range(typeof(TimeSpan), "00:02:00", "1.00:00:00", ErrorMessage = "Devices:OnlineFor must be from 00:02:00 to 1.00:00:00.")]
    public TimeSpan OnlineFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long after its last request a device that is not online is late, before it is silent. At least <see cref="OnlineFor"/>. 2 minutes to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:02:00", "30.00:00:00", ErrorMessage = "Devices:SilentAfter must be from 00:02:00 to 30.00:00:00.")]
    public TimeSpan SilentAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Failed log-ons a minute for one identity from one address; more are refused with 429. Only unknown and wrong credentials count. 0 = no limit.</summary>
    [Range(0, MostPerMinute, ErrorMessage = "Devices:FailuresPerMinute must be from 0 to 1000000.")]
    public int FailuresPerMinute { get; set; } = 10;

    /// <summary>Failed log-ons a minute from one address, whatever they claim to be. 0 = no limit.</summary>
    [Range(0, MostPerMinute, ErrorMessage = "Devices:FailuresPerAddressPerMinute must be from 0 to 1000000.")]
    public int FailuresPerAddressPerMinute { get; set; } = 100;

    /// <summary>Identities a minute that one address may make in one connector by presenting them. 0 = no limit.</summary>
    [Range(0, MostPerMinute, ErrorMessage = "Devices:NewIdentitiesPerMinute must be from 0 to 1000000.")]
    public int NewIdentitiesPerMinute { get; set; } = 60;

    /// <summary>Requests a minute of one device that an instance takes; a long poll counts as one. 0 = no limit.</summary>
    [Range(0, MostPerMinute, ErrorMessage = "Devices:RequestsPerMinute must be from 0 to 1000000.")]
    public int RequestsPerMinute { get; set; }

    /// <summary>Uploads of files that an instance takes at once; each holds up to 2 MiB of memory. More are refused with 503. 1 to 10,000.</summary>
    [Range(1, 10_000, ErrorMessage = "Devices:MaxUploads must be from 1 to 10000.")]
    public int MaxUploads { get; set; } = 64;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SilentAfter < OnlineFor)
        {
            yield return new ValidationResult("Devices:SilentAfter must not be less than Devices:OnlineFor.", [nameof(SilentAfter)]);
        }

        // An instance that does not know yet that a resource became settable would take a late report for the device's own value after the guard has ended.
        if (CommandGuard > TimeSpan.Zero && CommandGuard < SettingsCache)
        {
            yield return new ValidationResult("Devices:CommandGuard must be 00:00:00, or not shorter than Devices:SettingsCache.", [nameof(CommandGuard)]);
        }
    }
}
