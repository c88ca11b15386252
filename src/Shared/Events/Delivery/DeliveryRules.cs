using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Murano.Shared.Events.Delivery;

/// <summary>What an answer of a receiver, or none, means for the event.</summary>
internal static class DeliveryRules
{
    // Asked for more, the event would outlast its own attempts.
    private static readonly TimeSpan LongestAfter = TimeSpan.FromHours(1);

    /// <summary>The meaning of an answer.</summary>
    /// <param name="status">Its code.</param>
    /// <param name="retryAfter">When the receiver wants to be asked again, if it says so.</param>
    public static DeliveryResult Of(int status, TimeSpan? retryAfter) => status switch
    {
        >= 200 and < 300 => DeliveryResult.Delivered.Instance,
        >= 300 and < 400 => new DeliveryResult.Failed(Answered(status) + " Redirects are not followed."),
        400 or 410 or 413 or 415 or 422 => new DeliveryResult.Refused(Answered(status)),
        429 or 503 => new DeliveryResult.Failed(Answered(status), retryAfter),
        _ => new DeliveryResult.Failed(Answered(status)),
    };

    /// <summary>The wait that a <c>Retry-After</c> asks for, an hour at most; null = it cannot be read, or there is none.</summary>
    public static TimeSpan? WaitOf(string? header, DateTimeOffset now)
    {
        if (!RetryConditionHeaderValue.TryParse(header, out var parsed))
        {
            return null;
        }

        var wait = parsed.Delta ?? parsed.Date.GetValueOrDefault() - now;
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestAfter ? LongestAfter : wait;
    }

    /// <summary>No answer within the time for an attempt.</summary>
    public static DeliveryResult TimedOut(TimeSpan timeout) =>
        new DeliveryResult.Failed(string.Create(CultureInfo.InvariantCulture, $"The receiver did not answer within {timeout.TotalSeconds:0.#} s."));

    /// <summary>The meaning of a failure without an answer. Messages of exceptions are not repeated: they may hold addresses.</summary>
    public static DeliveryResult Of(Exception fault) => new DeliveryResult.Failed(Why(fault));

    private static string Why(Exception fault)
    {
        for (var inner = fault; inner is not null; inner = inner.InnerException)
        {
            if (inner is AddressRefusedException)
            {
                return "The receiver's name leads to an address that is not public.";
            }
        }

        return fault switch
        {
            Storage.StorageUnavailableException => "The key that signs could not be read from storage.",
            HttpRequestException http => http.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => "The receiver's name could not be resolved.",
                HttpRequestError.ConnectionError => "No connection to the receiver.",
                HttpRequestError.SecureConnectionError => "The receiver's certificate is not trusted, or TLS failed.",
                HttpRequestError.ResponseEnded => "The receiver closed the connection without an answer.",
                HttpRequestError.InvalidResponse or HttpRequestError.ConfigurationLimitExceeded => "The receiver's answer is not HTTP.",
                _ when http.InnerException is { } inner => Why(inner),
                _ => "The request to the receiver failed.",
            },
            SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData or SocketError.NoRecovery } => "The receiver's name could not be resolved.",
            IOException or SocketException => "The connection to the receiver broke.",
            _ => fault.InnerException is { } inner ? Why(inner) : "The request to the receiver failed.",
        };
    }

    private static string Answered(int status) => string.Create(CultureInfo.InvariantCulture, $"The receiver answered {status}.");
}
