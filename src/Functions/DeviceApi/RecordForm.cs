using System.Globalization;
using System.Text.Unicode;
using Murano.Shared;
using Murano.Shared.State;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// The body of a record, <c>alias=A&amp;ts=value&amp;...&amp;alias=B&amp;...</c> (specification a.9): points belong to the alias before them, and an alias may
/// come again. Of each alias the newest point is kept, of equally new ones the last.
/// </summary>
internal static class RecordForm
{
    private const long LatestSecond = 253_402_300_799; // the year 9999
    private const int MicroDigits = 6;

    /// <summary>Reads a body.</summary>
    /// <param name="body">The bytes.</param>
    /// <param name="alias">The alias when the address names it; then the body has points only. Null = the body names them.</param>
    /// <param name="all">Takes all points, in the order of the body; null = nobody wants them.</param>
    /// <returns>The newest point of each alias; Rejected for a point without an alias, a time that is no number, or text that is not UTF-8; TooLarge beyond a limit.</returns>
    public static Outcome<List<RecordedValue>> Parse(ReadOnlySpan<byte> body, string? alias, List<RecordedValue>? all = null)
    {
        var newest = new List<RecordedValue?>();
        var index = new AliasIndex();
        var place = -1;
        var total = 0;
        if (alias is not null)
        {
            index.Add(alias, out place);
            newest.Add(null);
        }

        var parts = new FormParts(body);
        while (parts.MoveNext())
        {
            if (!parts.HasValue)
            {
                return FormFailure.NoValue;
            }

            var isText = FormName.TryDecode(parts.Name, out var name);
            if (alias is null && name is "alias")
            {
                if (parts.Value.IsEmpty)
                {
                    return FormFailure.EmptyAlias;
                }

                if (!FormName.TryDecode(parts.Value, out var named))
                {
                    return FormFailure.NotUtf8;
                }

                if (index.Add(named, out place))
                {
                    newest.Add(null);
                }
                else if (place < 0)
                {
                    return FormFailure.TooManyAliases;
                }

                continue;
            }

            if (place < 0)
            {
                return FormFailure.NoAlias;
            }

            if (!isText || !TryParseTime(name!, out var time))
            {
                return FormFailure.BadTime;
            }

            var length = FormText.DecodedLength(parts.Value);
            total += length;
            if (length > StateLimits.MaxValueBytes)
            {
                return FormFailure.ValueTooLarge;
            }

            if (total > StateLimits.MaxRequestValueBytes)
            {
                return FormFailure.ValuesTooLarge;
            }

            var value = length == 0 ? [] : new byte[length];
            FormText.Decode(parts.Value, value);
            if (!Utf8.IsValid(value))
            {
                return FormFailure.NotUtf8;
            }

            var recorded = new RecordedValue(index.Aliases[place], time, value);
            all?.Add(recorded);
            if (newest[place] is not { } point || time >= point.Time)
            {
                newest[place] = recorded;
            }
        }

        return place < 0 ? FormFailure.NoAlias : newest.OfType<RecordedValue>().ToList();
    }

    // Unix seconds with or without a fraction, of which microseconds count. What lies beyond the calendar is the future all the same.
    private static bool TryParseTime(string text, out long micros)
    {
        micros = 0;
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? text.AsSpan() : text.AsSpan(0, dot);
        var fraction = dot < 0 ? [] : text.AsSpan(dot + 1);
        if (whole.IsEmpty || whole.ContainsAnyExceptInRange('0', '9') || fraction.ContainsAnyExceptInRange('0', '9') || (dot >= 0 && fraction.IsEmpty))
        {
            return false;
        }

        var seconds = long.TryParse(whole, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, LatestSecond) : LatestSecond;
        micros = seconds * UnixTime.MicrosPerSecond;
        for (var (i, unit) = (0, UnixTime.MicrosPerSecond / 10); i < Math.Min(fraction.Length, MicroDigits); i++, unit /= 10)
        {
            micros += (fraction[i] - '0') * unit;
        }

        return true;
    }
}
