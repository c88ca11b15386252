using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>Turns the text of a wire case into bytes to send, and into a pattern that a reply's bytes must match. One character stands for one byte (Latin-1).</summary>
public sealed partial class WireText(IDictionary<string, string> names)
{
    private const string Date = "(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-9]{2} (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2} GMT";

    private static readonly Dictionary<string, string> Patterns = new(StringComparer.Ordinal)
    {
        ["{date}"] = Date,
        ["{new-token}"] = "[0-9a-f]{40}",
        ["{seconds}"] = "[0-9]{10}",
    };

    /// <summary>A reply named this date: a client that adds one second asks for news since <c>{next-second}</c>.</summary>
    public void Note(DateTimeOffset? lastModified)
    {
        if (lastModified is { } date)
        {
            names["next-second"] = (date.ToUnixTimeSeconds() + 1).ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>From here on a name stands for a text.</summary>
    public void Note(string name, string value) => names[name] = value;

    /// <summary>A file: lines of a head (<c>Type</c>, <c>Modified</c> in seconds, <c>Tags</c>), an empty line, the bytes.</summary>
    public WireContent Content(string text)
    {
        var (head, body) = Split(text);
        var lines = head.Split('\n').Select(line => line.Split(": ", 2)).ToDictionary(line => line[0], line => line[1], StringComparer.Ordinal);
        return new(lines["Type"], long.Parse(lines["Modified"], CultureInfo.InvariantCulture), lines.GetValueOrDefault("Tags"), Encoding.Latin1.GetBytes(body));
    }

    /// <summary>The bytes of a request: head lines end in CR LF, the body stands as it is; <c>{length}</c> is the body's length.</summary>
    public string Request(string text)
    {
        var (head, body) = Split(text);
        return Head(head, body.Length) + body;
    }

    /// <summary>Whether a reply is what the step says, byte for byte but for the patterns in it; of a compressed one, the body that comes out.</summary>
    public bool IsReply(WireStep step, RawReply received)
    {
        var (head, body) = Split(step.Text);
        var packed = step.Argument is "gzip" or "deflate";
        var pattern = Regex.Escape(Head(head, packed ? received.Body.Length : body.Length) + body);
        foreach (var (name, expression) in Patterns)
        {
            pattern = pattern.Replace(Regex.Escape(name), expression, StringComparison.Ordinal);
        }

        var bytes = packed ? received.ToString()[..^received.Body.Length] + Unpack(step.Argument, received.Body) : received.ToString();
        return Regex.IsMatch(bytes, @"\A" + pattern + @"\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));
    }

    /// <summary>The text with names, generators and escapes replaced.</summary>
    public string Expand(string text)
    {
        var expanded = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
        foreach (var (name, value) in names)
        {
            expanded = expanded.Replace("{" + name + "}", value, StringComparison.Ordinal);
        }

        expanded = Generator().Replace(expanded, match => Generate(match.Groups["kind"].Value, match.Groups["argument"].Value));

        return Escape().Replace(expanded, match => match.Value switch
        {
            @"\r" => "\r",
            @"\n" => "\n",
            @"\t" => "\t",
            @"\\" => @"\",
            _ => ((char)byte.Parse(match.Value.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        });
    }

    private static string Generate(string kind, string argument) => kind switch
    {
        "gzip" => Gzip(argument),
        "base64" => Convert.ToBase64String(Encoding.Latin1.GetBytes(argument)),
        "deflate" => Compress(argument, target => new ZLibStream(target, CompressionLevel.Fastest)),
        "raw-deflate" => Compress(argument, target => new DeflateStream(target, CompressionLevel.Fastest)),
        "sha256" => Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(argument))),
        "writes" => Join(argument, "a{0}=1"),
        "reads" => Join(argument, "a{0}"),
        _ => string.Concat(Enumerable.Repeat(argument[(argument.IndexOf(' ', StringComparison.Ordinal) + 1)..], int.Parse(argument.Split(' ')[0], CultureInfo.InvariantCulture))),
    };

    private static string Join(string count, string format) =>
        string.Join('&', Enumerable.Range(0, int.Parse(count, CultureInfo.InvariantCulture)).Select(i => string.Format(CultureInfo.InvariantCulture, format, i)));

    private static string Gzip(string text) => Compress(text, target => new GZipStream(target, CompressionLevel.Fastest));

    private static string Compress(string text, Func<Stream, Stream> by)
    {
        using var target = new MemoryStream();
        using (var stream = by(target))
        {
            stream.Write(Encoding.Latin1.GetBytes(text));
        }

        return Encoding.Latin1.GetString(target.ToArray());
    }

    private static string Unpack(string coding, byte[] body)
    {
        using var source = new MemoryStream(body);
        using Stream stream = coding is "gzip" ? new GZipStream(source, CompressionMode.Decompress) : new ZLibStream(source, CompressionMode.Decompress);
        using var target = new MemoryStream();
        stream.CopyTo(target);
        return Encoding.Latin1.GetString(target.ToArray());
    }

    [GeneratedRegex(@"\{(?<kind>gzip|base64|raw-deflate|deflate|sha256|writes|reads|repeat) (?<argument>[^{}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Generator();

    [GeneratedRegex(@"\\(r|n|t|\\|x[0-9A-F]{2})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();

    private static string Head(string head, int length) =>
        head.Replace("{length}", length.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal) + "\r\n\r\n";

    private (string Head, string Body) Split(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        return end < 0 ? (Expand(text.TrimEnd('\n')), "") : (Expand(text[..end]), Expand(text[(end + 2)..]));
    }
}
