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

    /// <summary>Marks a request whose answer is read as it comes: only its head has a deadline here.</summary>
    public static readonly HttpRequestOptionsKey<bool> Streamed = new("streamed");

    private const long SlowestBytesPerSecond = 16 * 1024;
    private const int FaultTries = 5;
    private const int RefusalTries = 30;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(100);

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isOnce = request.Options.TryGetValue(Once, out var once) && once;
        var isStreamed = request.Options.TryGetValue(Streamed, out var streamed) && streamed;
        var patience = AnswerTimeout + TimeSpan.FromSeconds((request.Content?.Headers.ContentLength ?? 0) / SlowestBytesPerSecond);
        var (faults, refusals) = (0, 0);
        while (true)
        {
            HttpResponseMessage? reply = null;
            int number;
            try
            {
                using var deadline = new CancellationTokenSource(patience, time);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
                reply = await base.SendAsync(request, end.Token);
                if (!isStreamed)
                {
                    await reply.Content.LoadIntoBufferAsync(end.Token);
                }

                var isRefusal = IsRefusal(reply.StatusCode);
                if (!IsWorthATry(reply.StatusCode, isOnce) || (isRefusal ? refusals + 1 >= RefusalTries : faults + 1 >= FaultTries))
                {
                    return reply;
                }

                number = isRefusal ? ++refusals : ++faults;
            }
            catch (Exception fault) when (!isOnce && faults + 1 < FaultTries && IsNetworkFault(fault) && !cancellationToken.IsCancellationRequested)
            {
                number = ++faults; // the next try tells
            }
            catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
            {
                reply?.Dispose();
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
