using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Functions.DeviceApi;
using Murano.Functions.Telemetry;
using Murano.Shared;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// The way in by a signed address, which stands for an operator. The body is taken as it comes; who is refused hears of it when the body has been sent,
/// because an early reply would reach the sender as a broken connection.
/// </summary>
public sealed partial class SignedGate(Setup setup, RequestWatch watch, IOptions<DeviceOptions> options, ILogger<SignedGate> logger)
{
    // More than the inputs and boundaries of a form can come to.
    private const long FormBytes = 1024 * 1024;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    private static readonly Failure HttpsRequired = new Failure.Forbidden("https-required", "Operators are heard over https only.");
    private static readonly Failure TooSlow = new Failure.Busy("deadline", "This took too long. Try again.", TimeSpan.FromSeconds(1));

    private readonly bool _httpsRequired = options.Value.RequireHttps;

    /// <summary>Runs a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="handler">Looks at the signature and does the work, with what reads the body.</param>
    internal Task<IResult> RunAsync(HttpRequest request, Func<StreamedBody, Task<Outcome<IResult>>> handler)
    {
        ArgumentNullException.ThrowIfNull(request);
        return watch.RunAsync(request, (Gate: this, Handler: handler), static (request, run) => run.Gate.ServeAsync(request, run.Handler));
    }

    private async Task<IResult> ServeAsync(HttpRequest request, Func<StreamedBody, Task<Outcome<IResult>>> handler)
    {
        await using var body = new StreamedBody(request, FormBytes);
        var traceId = TraceId.Of(request);
        try
        {
            using (var deadline = new CancellationTokenSource(Deadline))
            {
                await setup.EnsureAsync(deadline.Token);
            }

            Outcome<IResult> outcome = _httpsRequired && !request.IsHttps ? HttpsRequired : await handler(body);
            await body.DrainAsync();
            return outcome.TryGet(out var reply, out var failure) ? reply : Refuse(request, failure, traceId);
        }
        catch (Exception fault)
        {
            await body.DrainAsync();
            return Surprise(request, fault, traceId);
        }
    }

    private OperatorReply Surprise(HttpRequest request, Exception fault, string traceId)
    {
        switch (fault)
        {
            case StorageUnavailableException:
                Log.NoStorage(logger, fault, request.Method, request.Path, traceId);
                return Refuse(request, StorageUnavailableException.ToFailure(), traceId);
            case OperationCanceledException:
                return Refuse(request, TooSlow, traceId);
            default:
                Log.Failed(logger, fault, request.Method, request.Path, traceId);
                watch.Refused(ApiSide.Operator, "internal-error");
                return OperatorReply.Fault(request, traceId);
        }
    }

    private OperatorReply Refuse(HttpRequest request, Failure failure, string traceId)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.Refused(logger, request.Method, request.Path, failure.Reason, failure.Detail, traceId);
        }

        watch.Refused(ApiSide.Operator, failure.Reason);
        return OperatorReply.For(failure, request, traceId);
    }

    private static partial class Log
    {
        [LoggerMessage(1110, LogLevel.Debug, "{Method} {Path} was refused, {Reason}: {Detail} (trace {TraceId})")]
        public static partial void Refused(ILogger logger, string method, string path, string reason, string detail, string traceId);

        [LoggerMessage(1111, LogLevel.Error, "{Method} {Path} failed (trace {TraceId}).")]
        public static partial void Failed(ILogger logger, Exception fault, string method, string path, string traceId);

        [LoggerMessage(1112, LogLevel.Warning, "{Method} {Path} found no storage (trace {TraceId}).")]
        public static partial void NoStorage(ILogger logger, Exception fault, string method, string path, string traceId);
    }
}
