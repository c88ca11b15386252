using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Murano.Shared.Access;

/// <summary>A device's password (specification a.11, f). Its text is a secret: only its hash is stored.</summary>
public sealed class DevicePassword
{
    /// <summary>Fewest characters.</summary>
    public const int MinLength = 20;

    /// <summary>Most characters: no device has more, and hashing is paid by the byte.</summary>
    public const int MaxLength = 256;

    private readonly string _text;

    private DevicePassword(string text) => _text = text;

    /// <summary>The password as hashing takes it.</summary>
    internal byte[] Bytes => Encoding.UTF8.GetBytes(_text);

    /// <summary>Reads a password of 20 to 256 characters.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DevicePassword? password)
    {
        password = text is { Length: >= MinLength and <= MaxLength } ? new(text) : null;
        return password is not null;
    }

    /// <summary>Never the password.</summary>
    public override string ToString() => "(password)";
}
