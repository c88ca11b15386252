using System.Net;

namespace Murano.Admin.Http;

/// <summary>
/// Waits where the other side asks for it (429 and 503, with <c>Retry-After</c> or without), and tries again what the network or the server broke. All requests of
/// this program may be repeated but those that say <see cref="Once"/>: they are repeated only when they were refused.
/// </summary>
internal sealed class RetryHandler(HttpMessageHandler inner, Func<TimeSpan, CancellationToken, Task> wait, TimeProvider time) : DelegatingHandler(inner)
{
    /// <summary>Marks a request that must not be done twice.</summary>
    public static readonly HttpRequestOptionsKey<bool> Once = new("once");

    private const int FaultTries = 5;
    private const int RefusalTries = 30;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan HeadTimeout = TimeSpan.FromSeconds(100);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isOnce = request.Options.TryGetValue(Once, out var once) && once;
        for (var number = 1; ; number++)
        {
            HttpResponseMessage? reply = null;
            try
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                deadline.CancelAfter(HeadTimeout);
                reply = await base.SendAsync(request, deadline.Token);
                if (!IsWorthATry(reply.StatusCode, isOnce) || number >= (IsRefusal(reply.StatusCode) ? RefusalTries : FaultTries))
                {
                    return reply;
                }
            }
            catch (Exception fault) when (!isOnce && number < FaultTries && IsNetworkFault(fault) && !cancellationToken.IsCancellationRequested)
            {
                // The next try tells.
            }
            catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
            {
                throw new HttpRequestException($"{request.RequestUri!.Host} does not answer.", fault);
            }

            var pause = PauseAfter(reply, number);
            reply?.Dispose();
            await wait(pause, cancellationToken);
        }
    }

    private static bool IsNetworkFault(Exception fault) => fault is HttpRequestException or IOException or OperationCanceledException;

    private static bool IsRefusal(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    private static bool IsWorthATry(HttpStatusCode status, bool isOnce) =>
        status == HttpStatusCode.TooManyRequests || (!isOnce && (status == HttpStatusCode.RequestTimeout || (int)status >= 500));

    private TimeSpan PauseAfter(HttpResponseMessage? reply, int number)
    {
        var asked = reply?.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() : null;
        var usual = FirstWait * Math.Pow(2, Math.Min(number - 1, 6));
        var pause = asked is { } told && told > TimeSpan.Zero ? told : usual;
        return pause < LongestWait ? pause : LongestWait;
    }
}
