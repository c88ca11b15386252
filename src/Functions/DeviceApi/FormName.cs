using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace Murano.Functions.DeviceApi;

/// <summary>Decodes the short texts of a form: aliases and fields.</summary>
internal static class FormName
{
    private const int OnStack = 256;

    /// <summary>Decodes a text.</summary>
    /// <returns>False when the result is not UTF-8.</returns>
    public static bool TryDecode(ReadOnlySpan<byte> encoded, [NotNullWhen(true)] out string? text)
    {
        byte[]? rented = null;
        var buffer = encoded.Length <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(encoded.Length);
        var decoded = buffer[..FormText.Decode(encoded, buffer)];
        text = Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return text is not null;
    }
}
