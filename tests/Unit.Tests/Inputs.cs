using System.Text;
using CsCheck;

namespace Murano.Tests;

/// <summary>Inputs as a hostile or broken client makes them: pieces of what is valid in any order, valid inputs with damage, and noise.</summary>
internal static class Inputs
{
    /// <summary>Any UTF-16, lone surrogates too.</summary>
    public static Gen<string> AnyText { get; } = Gen.String[Gen.Char['\0', '\uFFFF'], 0, 40];

    /// <summary>Text that is Unicode, from all planes.</summary>
    public static Gen<string> WellFormed { get; } =
        Gen.Frequency((6, Gen.Int[0x20, 0x7E]), (2, Gen.Int[0, 0x7FF]), (1, Gen.Int[0x800, 0xD7FF]), (1, Gen.Int[0xE000, 0x10FFFF])).Array[0, 30].Select(runes => string.Concat(runes.Select(char.ConvertFromUtf32)));

    private static Gen<(int Kind, double Place, byte Value, int Length)> Damage { get; } = Gen.Select(Gen.Int[0, 4], Gen.Double[0, 1], Gen.Byte, Gen.Int[1, 12]);

    /// <summary>One of a few.</summary>
    public static Gen<T> OneOf<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(i => choices[i]);

    /// <summary>Texts of given pieces, with any text between them now and then.</summary>
    public static Gen<string> TextOf(params string[] pieces) =>
        Gen.Frequency((12, OneOf(pieces)), (1, AnyText), (1, WellFormed)).Array[0, 16].Select(string.Concat);

    /// <summary>Bytes of given pieces of UTF-8, with any bytes between them now and then.</summary>
    public static Gen<byte[]> BytesOf(params string[] pieces) =>
        Gen.Frequency((16, OneOf([.. pieces.Select(Encoding.UTF8.GetBytes)])), (1, Gen.Byte.Array[0, 5])).Array[0, 24].Select(parts => parts.SelectMany(part => part).ToArray());

    /// <summary>What is valid with up to six spots changed, cut out, put in, or said twice.</summary>
    public static Gen<byte[]> Damaged(Gen<byte[]> valid) => Gen.Select(valid, Damage.Array[0, 6], (bytes, damage) => damage.Aggregate(bytes, Apply));

    /// <summary>The same for texts; one character of it may become any other.</summary>
    public static Gen<string> DamagedText(Gen<string> valid) => Damaged(valid.Select(Encoding.UTF8.GetBytes)).Select(Encoding.Latin1.GetString);

    private static byte[] Apply(byte[] bytes, (int Kind, double Place, byte Value, int Length) damage)
    {
        var at = (int)(damage.Place * bytes.Length);
        Span<byte> head = bytes.AsSpan(0, at), tail = bytes.AsSpan(at);
        var length = Math.Min(damage.Length, tail.Length);
        return damage.Kind switch
        {
            0 when tail.Length > 0 => [.. head, damage.Value, .. tail[1..]],
            1 => [.. head, .. tail[length..]],
            2 => [.. head, damage.Value, .. tail],
            3 => [.. head, .. tail[..length], .. tail],
            _ => damage.Length == 1 ? [.. head] : bytes,
        };
    }
}
