using System.Globalization;
using System.Security.Cryptography;

namespace Murano.Shared.Access;

/// <summary>Passwords as they are stored: <c>pbkdf2-sha256:{rounds}:{salt}:{hash}</c>, so that a later form can stand beside this one.</summary>
internal static class PasswordHash
{
    private const string Form = "pbkdf2-sha256";
    private const int Rounds = 10_000; // enough for 20 random characters, and little enough for a device's request
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    /// <summary>A hash that no password has, to spend the same work on those who are not known.</summary>
    public static string Nobody { get; } = Write(new byte[SaltBytes], RandomNumberGenerator.GetBytes(HashBytes));

    /// <summary>Hashes a password under a new salt.</summary>
    public static string Make(DevicePassword password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return Write(salt, Rfc2898DeriveBytes.Pbkdf2(password.Bytes, salt, Rounds, HashAlgorithmName.SHA256, HashBytes));
    }

    /// <summary>Whether a stored hash is this password's.</summary>
    public static bool Holds(string stored, DevicePassword password)
    {
        var parts = stored.Split(':');
        if (parts.Length != 4 || !string.Equals(parts[0], Form, StringComparison.Ordinal) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds))
        {
            return false;
        }

        var hash = Convert.FromHexString(parts[3]);
        return CryptographicOperations.FixedTimeEquals(hash, Rfc2898DeriveBytes.Pbkdf2(password.Bytes, Convert.FromHexString(parts[2]), rounds, HashAlgorithmName.SHA256, hash.Length));
    }

    private static string Write(byte[] salt, byte[] hash) =>
        string.Create(CultureInfo.InvariantCulture, $"{Form}:{Rounds}:{Convert.ToHexStringLower(salt)}:{Convert.ToHexStringLower(hash)}");
}
