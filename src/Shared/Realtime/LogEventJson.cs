using System.Globalization;
using System.Text;
using Murano.Shared.Events;

namespace Murano.Shared.Realtime;

/// <summary>Events of the live log as JSON (docs/live.md): never more than <see cref="LogEventRules.MaxEventBytes"/>.</summary>
internal static class LogEventJson
{
    private const int MaxMessage = 500;

    private static readonly byte[] CutEnd = ",\"cut\":true}"u8.ToArray();

    /// <summary>What happened; with <c>"cut":true</c> when it is not all of it.</summary>
    public static ReadOnlyMemory<byte> Of(DeviceEvent happened)
    {
        var shown = LogEventRules.Cut(happened, LogEventRules.MaxValueBytes, int.MaxValue);
        var json = JsonText.BytesOf(writer => EventJson.Write(writer, shown));

        // Rare: dozens of long values, a record of many points, or characters that take six bytes in JSON.
        for (var (bytes, values) = (512, 1_024); json.Length > LogEventRules.MaxEventBytes - CutEnd.Length; (bytes, values) = (bytes / 8, values / 2))
        {
            shown = LogEventRules.Cut(happened, Math.Max(bytes, 64), values) with { Tags = values > 64 ? happened.Tags : null };
            json = JsonText.BytesOf(writer => EventJson.Write(writer, shown));
        }

        return ReferenceEquals(shown, happened) ? json : (byte[])[.. json.Span[..^1], .. CutEnd];
    }

    /// <summary>A refusal.</summary>
    public static ReadOnlyMemory<byte> Of(DeviceRefusal refusal) => JsonText.BytesOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "refused");
        if (refusal.Identity.Length > 0)
        {
            json.WriteString("identity", refusal.Identity);
        }

        json.WriteString("ip", refusal.Address);
        json.WriteString("protocol", "onep");
        json.WriteNumber("timestamp", refusal.Time);
        json.WriteString("reason", refusal.Reason);
        json.WriteString("message", refusal.Message.AsSpan(0, Math.Min(refusal.Message.Length, MaxMessage)));
        json.WriteNumber("code", refusal.Code);
        json.WriteString("method", refusal.Method);
        json.WriteString("path", refusal.Path);
        json.WriteEndObject();
    });

    /// <summary>The first event of a message, with who sends it and its number: that of the sender's events to the same group, the lost ones too.</summary>
    public static ReadOnlySpan<byte> Numbered(ReadOnlySpan<byte> json, string sender, long number) =>
        (byte[])[.. json[..^1], .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $",\"sender\":\"{sender}\",\"n\":{number}}}"))];

    /// <summary>That events were lost.</summary>
    /// <param name="count">How many; null = that is not known, and there may be none.</param>
    /// <param name="now">µs since the Unix epoch.</param>
    public static ReadOnlyMemory<byte> Dropped(long? count, long now) => JsonText.BytesOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("type", "dropped");
        if (count is { } known)
        {
            json.WriteNumber("count", known);
        }
        else
        {
            json.WriteNull("count");
        }

        json.WriteNumber("timestamp", now);
        json.WriteEndObject();
    });
}
