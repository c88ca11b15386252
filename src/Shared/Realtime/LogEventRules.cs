using System.Text;
using Murano.Shared.Events;
using Murano.Shared.State;

namespace Murano.Shared.Realtime;

/// <summary>Makes events small enough to be shown.</summary>
internal static class LogEventRules
{
    /// <summary>Most bytes of one value.</summary>
    public const int MaxValueBytes = 4 * 1024;

    /// <summary>Most bytes of an event's JSON.</summary>
    public const int MaxEventBytes = 64 * 1024;

    /// <summary>Stands at the end of a value that was cut.</summary>
    public const string Mark = "…";

    private static readonly byte[] MarkBytes = Encoding.UTF8.GetBytes(Mark);

    /// <summary>The event with its values cut to a number of bytes, and of all its values only the first ones.</summary>
    /// <returns>The same object when nothing had to be cut.</returns>
    public static DeviceEvent Cut(DeviceEvent happened, int valueBytes, int values)
    {
        var total = 0;
        var isCut = false;
        foreach (var point in happened.Points)
        {
            total += point.Values.Count;
            isCut |= point.Values.Any(value => value.Text.Length > valueBytes);
        }

        return isCut || total > values ? happened with { Points = [.. Cut(happened.Points, valueBytes, values)] } : happened;
    }

    private static IEnumerable<EventPoint> Cut(IReadOnlyList<EventPoint> points, int valueBytes, int values)
    {
        foreach (var point in points)
        {
            if (values <= 0)
            {
                yield break;
            }

            yield return point with { Values = [.. point.Values.Take(values).Select(value => Cut(value, valueBytes))] };
            values -= point.Values.Count;
        }
    }

    private static EventValue Cut(EventValue value, int bytes)
    {
        if (value.Text.Length <= bytes)
        {
            return value;
        }

        // Not in the middle of a character.
        var end = bytes;
        while (end > 0 && (value.Text.Span[end] & 0xC0) == 0x80)
        {
            end--;
        }

        // What is cut is a text, whatever it was.
        return value with { Text = (byte[])[.. value.Text.Span[..end], .. MarkBytes], Kind = ValueKind.Text };
    }
}
