using System.Globalization;
using Murano.Shared.Content;
using Murano.Shared.Identities;

namespace Murano.Shared.Storage;

/// <summary>
/// Names of blobs in a connector's container, made and read in this one place: <c>item!{id}!</c> for the connector's files, <c>device2!{identity}!{name}!</c>
/// for those of a device, each part escaped by <see cref="KeyCodec"/>. What stands under one prefix is one device's, and no name ends in a dot.
/// </summary>
internal static class ContentKeys
{
    /// <summary>Names of the connector's own files begin with this.</summary>
    public const string Items = "item!";

    /// <summary>Names of the files of devices begin with this.</summary>
    public const string Devices = "device2!";

    /// <summary>Names of events that could not be delivered begin with this; they are no files.</summary>
    public const string DeadLetters = "deadletter!";

    /// <summary>Names of a device's files begin with this.</summary>
    public static string FilesOf(IdentityId device) => string.Concat(Devices, KeyCodec.Encode(device.Value), "!");

    /// <summary>Names of what a job stores begin with this; they are no files.</summary>
    public static string Job(string id) => string.Concat("job!", id, "!");

    /// <summary>The blob of an event that could not be delivered. Names are in order of time.</summary>
    public static string DeadLetter(string id) => string.Concat(DeadLetters, id, "!");

    /// <summary>The id of an event that could not be delivered.</summary>
    public static string DeadLetterId(long sequence, IdentityId identity) => string.Create(CultureInfo.InvariantCulture, $"{sequence:D19}!{KeyCodec.Encode(identity.Value)}");

    /// <summary>Reads what <see cref="DeadLetterId"/> made.</summary>
    public static bool TryParseDeadLetterId(string id, out long sequence, out IdentityId identity)
    {
        identity = default;
        sequence = 0;
        try
        {
            return id.Split(KeyCodec.Separator) is [{ Length: 19 } number, var part]
                && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out sequence)
                && IdentityId.TryParse(KeyCodec.Decode(part), out identity);
        }
        catch (FormatException)
        {
            return false;
        }
    }

    /// <summary>The blob of a file.</summary>
    public static string Blob(ContentId id) => string.Concat(id.Owner is { } owner ? FilesOf(owner) : Items, KeyCodec.Encode(id.Name), "!");

    /// <summary>What the names of all blobs begin with whose ids begin with <paramref name="id"/>. Others may begin with it too, so ids are to be looked at.</summary>
    public static string PrefixOf(string id)
    {
        const string Folder = "device2/";
        if (Folder.StartsWith(id, StringComparison.Ordinal))
        {
            return id.Length == Folder.Length ? Devices : ""; // the connector's own and the devices' begin so
        }

        if (!id.StartsWith(Folder, StringComparison.Ordinal))
        {
            return Items + KeyCodec.Encode(id);
        }

        var rest = id[Folder.Length..];
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            return string.Concat(Devices, KeyCodec.Encode(ContentId.Unescape(rest[..slash])), "!", KeyCodec.Encode(rest[(slash + 1)..]));
        }

        // The text may end within an escape of the identity.
        var star = rest.LastIndexOf('*');
        return Devices + KeyCodec.Encode(ContentId.Unescape(star >= 0 && star >= rest.Length - 2 ? rest[..star] : rest));
    }

    /// <summary>The file of a blob; false for a blob that this product did not name.</summary>
    public static bool TryParse(string blob, out ContentId id)
    {
        id = default;
        try
        {
            return blob.Split(KeyCodec.Separator) switch
            {
                ["item", var name, ""] => ContentId.TryParse(KeyCodec.Decode(name), out id) && id.Owner is null,
                ["device2", var identity, var name, ""] => IdentityId.TryParse(KeyCodec.Decode(identity), out var owner) && ContentId.TryMake(owner, KeyCodec.Decode(name), out id),
                _ => false,
            };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
