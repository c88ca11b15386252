using System.Diagnostics.CodeAnalysis;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Shared.Content;

/// <summary>
/// Names one file of a connector; compared ordinally. Ids under <c>device2/</c> are files that devices uploaded, <c>device2/{identity}/{name}</c>
/// (specification a.6). There a slash in the identity is written <c>*2F</c> and a star <c>*2A</c>, so that no two devices share an id.
/// </summary>
public readonly record struct ContentId
{
    /// <summary>Longest id, in characters after <see cref="KeyCodec"/>'s escaping.</summary>
    public const int MaxEncodedLength = 700;

    /// <summary>Longest name that a device gives to a file, in characters after <see cref="KeyCodec"/>'s escaping: with the longest identity in front it is still an id.</summary>
    public const int MaxNameEncodedLength = 480;

    private const string DeviceFolder = "device2/";

    private ContentId(string value, IdentityId? owner, string name) => (Value, Owner, Name) = (value, owner, name);

    /// <summary>The whole id.</summary>
    public string Value { get; }

    /// <summary>The device that uploaded the file; null for one of the connector's own.</summary>
    public IdentityId? Owner { get; }

    /// <summary>The name that the device gave it; the whole id for one of the connector's own.</summary>
    public string Name { get; }

    /// <summary>
    /// Reads an id. Refused: empty, too long, control characters, lone surrogates, a literal <c>%2F</c>, steps <c>.</c> and <c>..</c>, and what begins
    /// with <c>device2/</c> without being a device's file.
    /// </summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ContentId id)
    {
        id = default;
        if (!IsUsable(text, MaxEncodedLength))
        {
            return false;
        }

        if (!text.StartsWith(DeviceFolder, StringComparison.Ordinal))
        {
            id = new(text, null, text);
            return true;
        }

        var rest = text[DeviceFolder.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash > 0
            && IdentityId.TryParse(Unescape(rest[..slash]), out var owner)
            && TryMake(owner, rest[(slash + 1)..], out id)
            && string.Equals(id.Value, text, StringComparison.Ordinal);
    }

    /// <summary>The id of a file that a device uploads.</summary>
    /// <returns>False for a name that cannot be one, as in <see cref="TryParse"/>.</returns>
    public static bool TryMake(IdentityId owner, [NotNullWhen(true)] string? name, out ContentId id)
    {
        id = default;
        if (!IsUsable(name, MaxNameEncodedLength))
        {
            return false;
        }

        id = new($"{DeviceFolder}{Escape(owner.Value)}/{name}", owner, name);
        return true;
    }

    /// <summary>Whether a device may see it: what is the connector's, and what is its own.</summary>
    public bool IsVisibleTo(IdentityId device) => Owner is null || Owner == device;

    /// <inheritdoc/>
    public override string ToString() => Value;

    private static bool IsUsable([NotNullWhen(true)] string? text, int maxEncodedLength)
    {
        if (!KeyText.IsUsable(text, maxEncodedLength))
        {
            return false;
        }

        foreach (var step in text.AsSpan().Split('/'))
        {
            if (text.AsSpan()[step] is "." or "..")
            {
                return false;
            }
        }

        return true;
    }

    private static string Escape(string identity) => identity.Replace("*", "*2A", StringComparison.Ordinal).Replace("/", "*2F", StringComparison.Ordinal);

    /// <summary>The identity, or the beginning of one, as it stands in an id.</summary>
    internal static string Unescape(string part) => part.Replace("*2F", "/", StringComparison.Ordinal).Replace("*2A", "*", StringComparison.Ordinal);
}
