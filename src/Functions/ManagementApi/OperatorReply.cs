using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Realtime;

namespace Murano.Functions.ManagementApi;

/// <summary>What an operator's program gets: JSON, and for refusals the error body of specification b.1 with <c>reason</c> and <c>traceId</c>.</summary>
internal sealed class OperatorReply : IResult, IStatusCodeHttpResult
{
    private const string JsonType = "application/json; charset=utf-8";
    private const string TableType = "text/csv; charset=utf-8";
    private const string LinesType = "application/x-ndjson";

    private readonly ReadOnlyMemory<byte> _body;
    private readonly string? _header;
    private readonly string? _headerValue;
    private readonly IAsyncEnumerable<string>? _lines;
    private readonly LogStream? _stream;

    private OperatorReply(int status, ReadOnlyMemory<byte> body = default, string? header = null, string? headerValue = null, IAsyncEnumerable<string>? lines = null, LogStream? stream = null) =>
        (Status, _body, _header, _headerValue, _lines, _stream) = (status, body, header, headerValue, lines, stream);

    /// <summary>The code.</summary>
    public int Status { get; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    /// <summary>The connector that it is about, where the address does not name it; for the audit log.</summary>
    public string? Connector { get; init; }

    /// <summary>Done, and nothing to tell: 204.</summary>
    public static OperatorReply Empty { get; } = new(StatusCodes.Status204NoContent);

    /// <summary>Deleted: 205 without a body, which is what Murano answers (specification b.4).</summary>
    public static OperatorReply Deleted { get; } = new(StatusCodes.Status205ResetContent);

    /// <summary>A value: 200.</summary>
    public static OperatorReply Json(Action<Utf8JsonWriter> write, string? connector = null) => new(StatusCodes.Status200OK, JsonText.BytesOf(write)) { Connector = connector };

    /// <summary>A table to be kept as a file: 200. What cannot be read any more breaks the reply off.</summary>
    /// <param name="file">Name of the file, ASCII without quotation marks.</param>
    /// <param name="lines">The table, some lines at a time.</param>
    public static OperatorReply Table(string file, IAsyncEnumerable<string> lines) =>
        new(StatusCodes.Status200OK, header: "Content-Disposition", headerValue: $"attachment; filename=\"{file}\"", lines: lines);

    /// <summary>A live log, for as long as the stream lasts or the client stays: 200 with one JSON object a line. Each piece is sent at once.</summary>
    public static OperatorReply Log(LogStream stream) => new(StatusCodes.Status200OK, header: "Cache-Control", headerValue: "no-store", stream: stream);

    /// <summary>Our own fault: 500.</summary>
    public static OperatorReply Fault(HttpRequest request, string traceId) =>
        Error(request, StatusCodes.Status500InternalServerError, "internal-error", "Something went wrong here. The trace id finds it in the log.", null, traceId);

    /// <summary>Nothing is at this address: 404.</summary>
    public static OperatorReply NoAddress(HttpRequest request, string traceId) =>
        Error(request, StatusCodes.Status404NotFound, "unknown-address", "Not Found", null, traceId);

    /// <summary>The address exists for other methods: 405.</summary>
    /// <param name="allow">The methods, as the header <c>Allow</c> lists them.</param>
    /// <param name="request">The request.</param>
    /// <param name="traceId">Finds the request in the log.</param>
    public static OperatorReply OtherMethod(string allow, HttpRequest request, string traceId) =>
        Error(request, StatusCodes.Status405MethodNotAllowed, "other-method", "Method Not Allowed", null, traceId, "Allow", allow);

    /// <summary>A refusal.</summary>
    public static OperatorReply For(Failure failure, HttpRequest request, string traceId)
    {
        return failure switch
        {
            Failure.Unauthorized => Refuse("WWW-Authenticate", "Bearer"),
            Failure.TooMany many => Refuse("Retry-After", Seconds(many.RetryAfter)),
            Failure.Busy busy => Refuse("Retry-After", Seconds(busy.RetryAfter)),
            _ => Refuse(),
        };

        OperatorReply Refuse(string? header = null, string? value = null) =>
            Error(request, StatusOf(failure), failure.Reason, failure.Detail, failure as Failure.Rejected, traceId, header, value);
    }

    /// <summary>The one table from kinds of failure to codes.</summary>
    public static int StatusOf(Failure failure) => failure switch
    {
        Failure.Unauthorized => StatusCodes.Status401Unauthorized,
        Failure.Forbidden => StatusCodes.Status403Forbidden,
        Failure.NotFound => StatusCodes.Status404NotFound,
        Failure.Rejected => StatusCodes.Status400BadRequest,
        Failure.TooLarge => StatusCodes.Status413PayloadTooLarge,
        Failure.Conflict => StatusCodes.Status409Conflict,
        Failure.TooMany => StatusCodes.Status429TooManyRequests,
        Failure.Busy => StatusCodes.Status503ServiceUnavailable,
        _ => throw new InvalidOperationException($"No code for {failure?.GetType().Name}."),
    };

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (_header is not null)
        {
            response.Headers.Append(_header, _headerValue);
        }

        if (_body.IsEmpty && _lines is null && _stream is null)
        {
            return;
        }

        try
        {
            if (_stream is not null)
            {
                await WriteAsync(_stream, response, httpContext.RequestAborted);
                return;
            }

            if (_lines is null)
            {
                response.ContentType = JsonType;
                response.ContentLength = _body.Length;
                await response.Body.WriteAsync(_body, httpContext.RequestAborted);
                return;
            }

            response.ContentType = TableType;
            await foreach (var lines in _lines.WithCancellation(httpContext.RequestAborted))
            {
                await response.Body.WriteAsync(Encoding.UTF8.GetBytes(lines), httpContext.RequestAborted);
            }
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone; what was done is done.
        }
    }

    private static async Task WriteAsync(LogStream stream, HttpResponse response, CancellationToken aborted)
    {
        // The end also ends a write to somebody who does not read.
        using var over = CancellationTokenSource.CreateLinkedTokenSource(aborted, stream.Ended);
        response.ContentType = LinesType;
        await foreach (var piece in stream.ReadAsync(aborted))
        {
            await response.Body.WriteAsync(piece, over.Token);
            await response.Body.FlushAsync(over.Token);
        }
    }

    private static string Seconds(TimeSpan wait) => Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);

    private static OperatorReply Error(
        HttpRequest request, int status, string reason, string detail, Failure.Rejected? rejected, string traceId, string? header = null, string? headerValue = null)
    {
        var body = JsonText.BytesOf(json =>
        {
            json.WriteStartObject();
            json.WriteString("message", rejected is null ? detail : ValidationErrorJson.Message(rejected));
            json.WriteNumber("code", status);
            json.WriteNumber("statusCode", status);
            if (rejected is not null)
            {
                ValidationErrorJson.Write(json, rejected, request);
            }

            if (ManagementRoutes.IsContent(request.Path))
            {
                json.WriteString("type", reason); // what the content service calls it (specification c.5)
            }

            json.WriteString("reason", reason);
            json.WriteString("traceId", traceId);
            json.WriteEndObject();
        });
        return new(status, body, header, headerValue);
    }
}
