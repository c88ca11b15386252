using System.Text;
using System.Text.Json;
using Murano.Functions.DeviceApi;
using Murano.Shared;

namespace Murano.Functions.ManagementApi;

/// <summary>JSON bodies of operators' requests.</summary>
internal static class OperatorBody
{
    /// <summary>Largest body in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;

    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = MaxDepth };
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The refusal of an empty body where one is needed.</summary>
    public static Failure Missing { get; } = new Failure.Rejected("bad-json", "", "The body must be a JSON object.");

    private static Failure TooLarge { get; } = new Failure.TooLarge("body-too-large", FormattableString.Invariant($"A body has at most {MaxBytes} bytes."));

    /// <summary>Parses a body; the document uses its memory.</summary>
    /// <returns>Null in the place of the failure when it worked; the document is null for an empty body.</returns>
    public static (JsonDocument? Document, Failure? Failure) Parse(RequestBody body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (body.Problem is { } problem)
        {
            return (null, problem is Failure.TooLarge ? TooLarge : problem);
        }

        ReadOnlyMemory<byte> bytes = body.Segment.AsMemory();
        if (bytes.Length > MaxBytes)
        {
            return (null, TooLarge);
        }

        // Some shells put a byte order mark in front of what they send.
        bytes = bytes.Span.StartsWith("\uFEFF"u8) ? bytes["\uFEFF"u8.Length..] : bytes;
        if (bytes.Span.Trim(" \t\r\n"u8).IsEmpty)
        {
            return (null, null);
        }

        try
        {
            CheckText(bytes.Span);
            return (JsonDocument.Parse(bytes, Options), null);
        }
        catch (JsonException fault)
        {
            return (null, Broken(FormattableString.Invariant($"The body is not JSON: line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}.")));
        }
        catch (Exception fault) when (fault is InvalidOperationException or DecoderFallbackException)
        {
            return (null, Broken("The body holds text that is not Unicode."));
        }
    }

    private static Failure.Rejected Broken(string detail) => new("bad-json", "", detail);

    // The parser takes broken UTF-8 and lone surrogates and throws only when they are looked at.
    private static void CheckText(ReadOnlySpan<byte> json)
    {
        Strict.GetCharCount(json);
        if (!json.Contains((byte)'\\'))
        {
            return;
        }

        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
            {
                reader.GetString();
            }
        }
    }
}
