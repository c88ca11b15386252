using System.Diagnostics.CodeAnalysis;
using Murano.Shared.Storage;

namespace Murano.Shared.State;

/// <summary>Names one value of a device; compared ordinally (specification c.3).</summary>
public readonly record struct Alias
{
    /// <summary>Longest alias of a resource, in characters after <see cref="KeyCodec"/>'s escaping.</summary>
    public const int MaxEncodedLength = 480;

    private Alias(string value) => Value = value;

    /// <summary>The alias as it is written in requests.</summary>
    public string Value { get; }

    /// <summary>
    /// Reads an alias that can name a resource: non-empty, without <c>.</c> and <c>$</c>, within the length. A device may write to any other
    /// name too; such a name is never defined.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Alias alias)
    {
        alias = default;
        if (!KeyText.IsUsable(text, MaxEncodedLength) || text.AsSpan().ContainsAny('.', '$'))
        {
            return false;
        }

        alias = new(text);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
