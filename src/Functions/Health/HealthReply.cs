using System.Globalization;
using Microsoft.AspNetCore.Http;
using Murano.Shared;

namespace Murano.Functions.Health;

/// <summary>What a probe gets: 200 or 503, and the state of the parts in one word each. No names, no addresses, no reasons.</summary>
internal sealed class HealthReply : IResult, IStatusCodeHttpResult
{
    private readonly int _status;
    private readonly ReadOnlyMemory<byte> _body;

    private HealthReply(int status, ReadOnlyMemory<byte> body) => (_status, _body) = (status, body);

    int? IStatusCodeHttpResult.StatusCode => _status;

    /// <summary>The process answers.</summary>
    public static HealthReply Live { get; } = new(StatusCodes.Status200OK, JsonText.BytesOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", "up");
        json.WriteEndObject();
    }));

    /// <summary>Whether requests can be served.</summary>
    public static HealthReply Of(HealthState state) => new(state.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, JsonText.BytesOf(json =>
    {
        json.WriteStartObject();
        json.WriteString("status", state.Status);
        json.WriteString("storage", NameOf(state.Storage));
        json.WriteString("channel", NameOf(state.Channel));
        json.WriteEndObject();
    }));

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = _body.Length;
        response.Headers.CacheControl = "no-store";
        if (_status != StatusCodes.Status200OK)
        {
            response.Headers.RetryAfter = ((int)HealthService.Keep.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            return;
        }

        try
        {
            await response.Body.WriteAsync(_body, httpContext.RequestAborted);
        }
        catch (Exception fault) when (fault is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The probe has gone.
        }
    }

    private static string NameOf(PartState state) => state switch
    {
        PartState.Up => "up",
        PartState.Newer => "newer",
        PartState.None => "none",
        _ => "down",
    };
}
