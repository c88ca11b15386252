using System.Security.Cryptography;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Names that no other test uses.</summary>
public static class Names
{
    /// <summary>A table prefix: letters and digits, 12 characters.</summary>
    public static string TablePrefix() => "t" + RandomNumberGenerator.GetHexString(11, lowercase: true);

    /// <summary>An identity for a device.</summary>
    public static string Identity() => "sn-" + RandomNumberGenerator.GetHexString(12, lowercase: true);
}
