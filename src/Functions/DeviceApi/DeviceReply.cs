using System.Buffers;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Content;
using Murano.Shared.Polls;
using Murano.Shared.State;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// What a device gets: bare codes and short texts (specification a.2), in the manners that small clients force (a.12): Content-Length on all but 204,
/// never chunked, few headers, and head and body in one write. Large bodies are compressed for clients that ask for it (a.4).
/// </summary>
internal class DeviceReply : IResult, IStatusCodeHttpResult
{
    private const string Plain = "text/plain; charset=utf-8";
    private const string Csv = "text/csv; charset=utf-8";
    private const string Form = "application/x-www-form-urlencoded; charset=utf-8";

    private readonly int _status;
    private readonly string? _contentType;
    private readonly byte[] _text;
    private readonly IReadOnlyList<AliasValue> _values;
    private readonly string? _header;
    private readonly string? _headerValue;

    /// <summary>A reply whose bytes its class writes itself.</summary>
    protected DeviceReply()
        : this(StatusCodes.Status200OK)
    {
    }

    private DeviceReply(int status, string? text = null, IReadOnlyList<AliasValue>? values = null, string? header = null, string? headerValue = null, string contentType = Plain)
    {
        _status = status;
        _contentType = text is not null ? contentType : values is not null ? Form : null;
        _text = text is null ? [] : Encoding.UTF8.GetBytes(text);
        _values = values ?? [];
        (_header, _headerValue) = (header, headerValue);
    }

    /// <summary>The code.</summary>
    public virtual int Status => _status;

    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <summary>Done, and nothing to tell: 204.</summary>
    public static DeviceReply Empty { get; } = new(StatusCodes.Status204NoContent);

    /// <summary>Our own fault: 500.</summary>
    public static DeviceReply Fault { get; } = new(StatusCodes.Status500InternalServerError);

    /// <summary>Nobody lives at this address: 404.</summary>
    public static DeviceReply NotFound { get; } = new(StatusCodes.Status404NotFound);

    private static DeviceReply NotModified { get; } = new(StatusCodes.Status304NotModified);

    private static DeviceReply Unauthorized { get; } = new(StatusCodes.Status401Unauthorized);

    private static DeviceReply Forbidden { get; } = new(StatusCodes.Status403Forbidden);

    private static DeviceReply Conflict { get; } = new(StatusCodes.Status409Conflict);

    /// <summary>A text without a newline: 200.</summary>
    public static DeviceReply Text(string text) => new(StatusCodes.Status200OK, text);

    /// <summary>A token: 200 with its 40 characters and nothing else.</summary>
    public static DeviceReply Token(DeviceToken token) => new(StatusCodes.Status200OK, token.Reveal());

    /// <summary>Values in the order given: 200; 204 when there are none, or all are empty (specification a.7).</summary>
    public static DeviceReply Values(IReadOnlyList<AliasValue> values)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (!values[i].Value.IsEmpty)
            {
                return new(StatusCodes.Status200OK, values: values);
            }
        }

        return Empty;
    }

    /// <summary>The end of a long poll: 200 with the values and the date to come back with, or a bare 304 (specification a.8).</summary>
    public static DeviceReply Ended(PollAnswer answer) => answer.Values.Count == 0
        ? NotModified
        : new(StatusCodes.Status200OK, values: answer.Values, header: "Last-Modified", headerValue: DateTimeOffset.FromUnixTimeSeconds(answer.LastModified).ToString("R", CultureInfo.InvariantCulture));

    /// <summary>Ids of files, one a line: 200; 204 when there are none (specification a.6).</summary>
    public static DeviceReply List(IReadOnlyList<ContentId> ids) => ids.Count == 0 ? Empty : new(StatusCodes.Status200OK, string.Join("\r\n", ids), contentType: Csv);

    /// <summary>What is known of a file, in one line: 200 (specification a.6).</summary>
    public static DeviceReply Info(ContentItem item) => new(
        StatusCodes.Status200OK,
        string.Create(CultureInfo.InvariantCulture, $"{item.Facts.Type.InList},{item.Length},{item.ModifiedSeconds},{item.Facts.Tags.Description}"),
        contentType: Csv);

    /// <summary>The client has this version of the file: 304.</summary>
    public static DeviceReply NotChanged(ContentItem item) => new(StatusCodes.Status304NotModified, header: "ETag", headerValue: $"\"{item.EntityTag}\"");

    /// <summary>A file of <paramref name="total"/> bytes has none of those that were asked for: 416.</summary>
    public static DeviceReply NoSuchRange(long total) =>
        new(StatusCodes.Status416RangeNotSatisfiable, header: "Content-Range", headerValue: string.Create(CultureInfo.InvariantCulture, $"bytes */{total}"));

    /// <summary>The address exists for other methods: 405.</summary>
    /// <param name="allow">The methods, as the header <c>Allow</c> lists them.</param>
    public static DeviceReply OtherMethod(string allow) => new(StatusCodes.Status405MethodNotAllowed, header: "Allow", headerValue: allow);

    /// <summary>A refusal: the one table from kinds of failure to codes.</summary>
    public static DeviceReply For(Failure failure) => failure switch
    {
        Failure.Unauthorized => Unauthorized,
        Failure.Forbidden => Forbidden,
        Failure.NotFound => NotFound,
        Failure.Conflict => Conflict,
        Failure.Rejected { Reason: BodyEncoding.Unknown } => new(StatusCodes.Status415UnsupportedMediaType, failure.Detail),
        Failure.Rejected => new(StatusCodes.Status400BadRequest, failure.Detail),
        Failure.TooLarge => new(StatusCodes.Status413PayloadTooLarge, failure.Detail),
        Failure.TooMany many => Later(StatusCodes.Status429TooManyRequests, many.Detail, many.RetryAfter),
        Failure.Busy busy => Later(StatusCodes.Status503ServiceUnavailable, busy.Detail, busy.RetryAfter),
        _ => throw new InvalidOperationException($"No device reply for {failure?.GetType().Name}."),
    };

    /// <inheritdoc/>
    public virtual async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        try
        {
            await WriteAsync(httpContext);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone and, on the Functions host, the context with it; what was done is done.
        }
    }

    private static DeviceReply Later(int status, string text, TimeSpan wait) =>
        new(status, text, header: "Retry-After", headerValue: Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture));

    private async Task WriteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = _status;
        if (_header is not null)
        {
            response.Headers.Append(_header, _headerValue);
        }

        if (_status == StatusCodes.Status204NoContent)
        {
            return;
        }

        var length = _text.Length + AliasReply.Length(_values);
        if (_contentType is null)
        {
            response.ContentLength = length;
            return;
        }

        response.ContentType = _contentType;
        if (length >= ReplyEncoding.MinBytes)
        {
            response.Headers.Vary = HeaderNames.AcceptEncoding;
            if (ReplyEncoding.Choose(context.Request.Headers.AcceptEncoding) is { } coding && Compress(length, coding) is { IsEmpty: false } compressed)
            {
                response.Headers.ContentEncoding = coding;
                response.ContentLength = compressed.Length;
                await response.BodyWriter.WriteAsync(compressed, CancellationToken.None);
                return;
            }
        }

        response.ContentLength = length;

        // Until the first flush the server holds the head back, so that both leave together.
        var writer = response.BodyWriter;
        Fill(writer.GetSpan(length));
        writer.Advance(length);
        await writer.FlushAsync(CancellationToken.None);
    }

    private ReadOnlyMemory<byte> Compress(int length, string coding)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Fill(buffer);
            return ReplyEncoding.Compress(buffer.AsSpan(0, length), coding);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Fill(Span<byte> target)
    {
        _text.CopyTo(target);
        AliasReply.Write(_values, target[_text.Length..]);
    }
}
