using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Murano.Shared.Access;

/// <summary>Names an operator's key; part of its secret, so that storage finds it, and no secret itself.</summary>
public readonly record struct OperatorKeyId
{
    /// <summary>Characters in an id.</summary>
    public const int Length = 12;

    private const string Letters = "abcdefghijklmnopqrstuvwxyz0123456789";

    private static readonly SearchValues<char> Known = SearchValues.Create(Letters);

    private OperatorKeyId(string value) => Value = value;

    /// <summary>Lower-case letters and digits.</summary>
    public string Value { get; }

    /// <summary>Reads an id.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out OperatorKeyId id)
    {
        var ok = text is { Length: Length } && !text.AsSpan().ContainsAnyExcept(Known);
        id = ok ? new(text!) : default;
        return ok;
    }

    /// <summary>A new random id.</summary>
    public static OperatorKeyId New() => new(RandomNumberGenerator.GetString(Letters, Length));

    /// <inheritdoc/>
    public override string ToString() => Value;
}
