using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Murano.Shared;
using Murano.Shared.Polls;

namespace Murano.Functions.DeviceApi;

/// <summary>The headers that make a read a long poll (specification a.8).</summary>
internal static class PollHeaders
{
    private const string RequestTimeout = "Request-Timeout";
    private const string Synonym = "If-Not-Modified-Since";

    // Beyond what any device means, and well within what a TimeSpan holds.
    private const long LongestTimeout = int.MaxValue;

    private static readonly Failure BadTimeout = new Failure.Rejected("request-timeout", RequestTimeout, "Request-Timeout is not a number of milliseconds.");

    /// <summary>Whether the request asks to wait.</summary>
    public static bool AsksToWait(IHeaderDictionary headers) => headers.ContainsKey(RequestTimeout);

    /// <summary>Reads the headers.</summary>
    /// <returns>The terms; Rejected for a timeout that is no whole number of milliseconds.</returns>
    public static Outcome<PollTerms> Parse(IHeaderDictionary headers)
    {
        var timeout = headers[RequestTimeout].ToString().AsSpan().Trim();
        if (timeout.IsEmpty || timeout.ContainsAnyExceptInRange('0', '9'))
        {
            return BadTimeout;
        }

        // Digits only, so what does not fit is too large.
        var milliseconds = long.TryParse(timeout, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, LongestTimeout) : LongestTimeout;
        var since = headers.IfModifiedSince;
        return new PollTerms(TimeSpan.FromMilliseconds(milliseconds), SecondsOf(since.Count > 0 ? since : headers[Synonym]));
    }

    // As HTTP has it, a date that cannot be read counts as none. Fractions are cut off: stamps are compared by whole seconds.
    private static long? SecondsOf(StringValues header)
    {
        var text = header.ToString().Trim();
        if (text.Length == 0)
        {
            return null;
        }

        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            return (long)Math.Clamp(Math.Floor(number), 0, long.MaxValue);
        }

        // Digits only, as above; and a number too large for a decimal counts all the same.
        if (!text.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return long.MaxValue;
        }

        return HeaderUtilities.TryParseDate(text, out var date) ? Math.Max(0, date.ToUnixTimeSeconds()) : null;
    }
}
