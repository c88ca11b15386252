using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Murano.Shared.State;

/// <summary>The first 16 bytes of a value's SHA-256: enough to recognise a value that was seen before.</summary>
internal readonly record struct ValueHash(UInt128 Bits)
{
    /// <summary>Bytes of one hash in a row.</summary>
    public const int Size = 16;

    /// <summary>The hash of a value.</summary>
    public static ValueHash Of(ReadOnlySpan<byte> value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(value, hash);
        return Read(hash);
    }

    /// <summary>The hash that <see cref="Write"/> wrote.</summary>
    public static ValueHash Read(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Writes <see cref="Size"/> bytes.</summary>
    public void Write(Span<byte> bytes) => BinaryPrimitives.WriteUInt128BigEndian(bytes, Bits);
}
