using System.Globalization;
using Murano.Shared.Access;
using Murano.Shared.State;
using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>RowKeys inside a device's partition, made and read in this one place.</summary>
internal static class DeviceRows
{
    /// <summary>First RowKey of the headers; a device has one.</summary>
    public const string HeaderStart = "device!";

    /// <summary>First RowKey after the headers.</summary>
    public const string HeaderEnd = "device\"";

    /// <summary>First RowKey of the heads of events; a device has one at most.</summary>
    public const string EventsStart = "events!";

    /// <summary>First RowKey after the heads of events.</summary>
    public const string EventsEnd = "events\"";

    /// <summary>First RowKey of the fences; there is at most one.</summary>
    public const string FenceStart = "live!";

    /// <summary>First RowKey after the fences.</summary>
    public const string FenceEnd = "live\"";

    /// <summary>First RowKey of the events that are to be delivered.</summary>
    public const string OutboxStart = "outbox!";

    /// <summary>First RowKey after the events that are to be delivered.</summary>
    public const string OutboxEnd = "outbox\"";

    /// <summary>First RowKey of the values.</summary>
    public const string StateStart = "state!";

    /// <summary>First RowKey after the values.</summary>
    public const string StateEnd = "state\"";

    /// <summary>First RowKey of the tags.</summary>
    public const string TagStart = "tag!";

    /// <summary>First RowKey after the tags.</summary>
    public const string TagEnd = "tag\"";

    /// <summary>
    /// The header. It carries the device's name once more: the emulator finds a row by its RowKey first, and with one name for all headers each of its point
    /// reads and writes would pass over those of all other devices.
    /// </summary>
    public static string Header(DeviceKey key) => HeaderStart + key.Partition;

    /// <summary>The head of a device's events, named as the header is and for the same reason.</summary>
    public static string Events(DeviceKey key) => EventsStart + key.Partition;

    /// <summary>An event that is to be delivered: in order of their sequences.</summary>
    public static string Outbox(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{OutboxStart}{sequence:D19}");

    /// <summary>The sequence of an event that is to be delivered.</summary>
    public static long ParseOutbox(string row) => long.Parse(row.AsSpan(OutboxStart.Length), CultureInfo.InvariantCulture);

    /// <summary>The fence of one credential.</summary>
    public static string Fence(CredentialId credential) => FenceStart + credential.Value;

    /// <summary>The credential of a fence.</summary>
    public static CredentialId ParseFence(string row) => new(row[FenceStart.Length..]);

    /// <summary>The values of one alias.</summary>
    public static string State(Alias alias) => StateStart + KeyCodec.Encode(alias.Value);

    /// <summary>The alias of a row of values.</summary>
    public static Alias ParseState(string row) =>
        Alias.TryParse(KeyCodec.Decode(row.AsSpan(StateStart.Length)), out var alias) ? alias : throw new FormatException("A row of values is named like no alias.");

    /// <summary>The row of one tag: <c>tag!{name}!{value}</c>.</summary>
    public static string Tag(Tag tag) => TagStart + TagKeys.Text(tag);

    /// <summary>The tag of a row.</summary>
    public static Tag ParseTag(string row) => TagKeys.ParseText(row.AsSpan(TagStart.Length));

    /// <summary>Whether the row is a header.</summary>
    public static bool IsHeader(string row) => row.StartsWith(HeaderStart, StringComparison.Ordinal);

    /// <summary>Whether the row is a head of events.</summary>
    public static bool IsEvents(string row) => row.StartsWith(EventsStart, StringComparison.Ordinal);

    /// <summary>Whether the row is an event that is to be delivered.</summary>
    public static bool IsOutbox(string row) => row.StartsWith(OutboxStart, StringComparison.Ordinal);

    /// <summary>Whether the row holds a fence.</summary>
    public static bool IsFence(string row) => row.StartsWith(FenceStart, StringComparison.Ordinal);

    /// <summary>Whether the row holds values.</summary>
    public static bool IsState(string row) => row.StartsWith(StateStart, StringComparison.Ordinal);

    /// <summary>Whether the row is a tag.</summary>
    public static bool IsTag(string row) => row.StartsWith(TagStart, StringComparison.Ordinal);
}
