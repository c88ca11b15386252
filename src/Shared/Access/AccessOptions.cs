using System.ComponentModel.DataAnnotations;

namespace Murano.Shared.Access;

/// <summary>How operators are let in, and how long is kept what they did.</summary>
public sealed class AccessOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Access";

    /// <summary>How long a session lasts whose log-in asks for no time of its own. 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "Access:SessionDuration must be from 00:01:00 to 30.00:00:00.")]
    public TimeSpan SessionDuration { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Longest session, whatever a log-in asks for. 1 minute to 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00", ErrorMessage = "Access:MaxSession must be from 00:01:00 to 30.00:00:00.")]
    public TimeSpan MaxSession { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Days for which audit entries are kept; 0 = for ever. 0 to 3650.</summary>
    [Range(0, 3650, ErrorMessage = "Access:AuditDays must be from 0 to 3650.")]
    public int AuditDays { get; set; } = 90;

    /// <summary>SHA-256, in hexadecimal digits, of a secret <c>msk_firstkey0000_{at least 43 letters and digits}</c>, which becomes the first key where there is none; empty = none.</summary>
    [RegularExpression("^([0-9A-Fa-f]{64})?$", ErrorMessage = "Access:FirstKeyHash must be empty or 64 hexadecimal digits.")]
    public string FirstKeyHash { get; set; } = "";

    /// <summary>SHA-256, in hexadecimal digits, of a secret <c>msk_recoverykey0_{at least 43 letters and digits}</c> that is let in as an admin while this is set; empty = none.</summary>
    [RegularExpression("^([0-9A-Fa-f]{64})?$", ErrorMessage = "Access:RecoveryKeyHash must be empty or 64 hexadecimal digits.")]
    public string RecoveryKeyHash { get; set; } = "";

    /// <summary>Base of the signed addresses that are given out, with scheme; empty = https and the host name by which the request for one came.</summary>
    [RegularExpression("^(https?://[^/?#\\s]+/?)?$", ErrorMessage = "Access:PublicUrl must be empty, or https:// and a host name.")]
    public string PublicUrl { get; set; } = "";
}
