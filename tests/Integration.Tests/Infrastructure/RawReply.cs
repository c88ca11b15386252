using System.Globalization;
using System.Text;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>A reply exactly as it came over the wire.</summary>
public sealed class RawReply
{
    private RawReply(byte[] bytes, string statusLine, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body, int reads) =>
        (Bytes, StatusLine, Headers, Body, Reads) = (bytes, statusLine, headers, body, reads);

    /// <summary>Everything, head and body.</summary>
    public byte[] Bytes { get; }

    /// <summary>The first line.</summary>
    public string StatusLine { get; }

    /// <summary>The status code in it.</summary>
    public int Status => int.Parse(StatusLine.AsSpan(9, 3), CultureInfo.InvariantCulture);

    /// <summary>The headers in their order and spelling.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The body as sent; a chunked one with its chunk lines.</summary>
    public byte[] Body { get; }

    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>How many reads of the socket it took; 1 means that head and body came together.</summary>
    public int Reads { get; }

    /// <summary>The date in <c>Last-Modified</c>; null when there is none.</summary>
    public DateTimeOffset? LastModified => this["Last-Modified"] is { } text ? DateTimeOffset.ParseExact(text, "R", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    /// <summary>The second that a client names when it comes back: the one after Last-Modified.</summary>
    public long NextSince => LastModified!.Value.ToUnixTimeSeconds() + 1;

    /// <summary>A header's value, whatever the case of its name; null when it is absent.</summary>
    public string? this[string name] =>
        Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

    /// <inheritdoc/>
    public override string ToString() => Encoding.Latin1.GetString(Bytes);

    /// <summary>Takes a reply off the front of what has arrived.</summary>
    /// <param name="received">All that has arrived.</param>
    /// <param name="reads">The reads that it took.</param>
    /// <param name="bodiless">Whether the reply has no body whatever its headers say (to HEAD).</param>
    /// <param name="closed">Whether the server has closed the connection, so that no more can come.</param>
    /// <returns>Null when more must arrive.</returns>
    internal static RawReply? TryTake(ReadOnlySpan<byte> received, int reads, bool bodiless, bool closed)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return null;
        }

        var lines = Encoding.Latin1.GetString(received[..end]).Split("\r\n");
        var headers = lines.Skip(1).Select(Header).ToArray();
        var body = received[(end + 4)..];
        if (BodyLength(lines[0], headers, bodiless, closed, body) is not { } length || body.Length < length)
        {
            return null;
        }

        return new(received[..(end + 4 + length)].ToArray(), lines[0], headers, body[..length].ToArray(), reads);
    }

    private static KeyValuePair<string, string> Header(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        return new(line[..colon], line[(colon + 1)..].Trim(' '));
    }

    private static int? BodyLength(string statusLine, KeyValuePair<string, string>[] headers, bool bodiless, bool closed, ReadOnlySpan<byte> body)
    {
        string? Find(string name) => headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).FirstOrDefault();

        if (bodiless || statusLine.AsSpan(9, 3) is "204" or "304" || statusLine.AsSpan(9, 1) is "1")
        {
            return 0;
        }

        if (Find("Content-Length") is { } length)
        {
            return int.Parse(length, CultureInfo.InvariantCulture);
        }

        if (Find("Transfer-Encoding") is not null && body.IndexOf("0\r\n\r\n"u8) is var last && last >= 0 && (last == 0 || body[last - 1] == '\n'))
        {
            return last + 5;
        }

        return closed ? body.Length : null;
    }
}
