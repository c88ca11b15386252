using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Functions.Telemetry;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// The way in for devices: takes the body whole, finds out who is calling, runs the handler on a deadline of its own, and turns refusals and surprises
/// into replies. Handlers never see a credential.
/// </summary>
public sealed partial class DeviceGate(
    CredentialHeaders credentials,
    DeviceAccess access,
    TransportRule transport,
    Setup setup,
    RefusalLog refusals,
    RequestWatch watch,
    IOptions<DeviceOptions> options,
    TimeProvider time,
    ILogger<DeviceGate> logger)
{
    private static readonly Failure TooSlow = new Failure.Busy("deadline", "This took too long. Try again.", TimeSpan.FromSeconds(1));

    private readonly TimeSpan _deadline = options.Value.RequestDeadline;

    /// <summary>Runs a request of a device.</summary>
    internal Task<IResult> RunAsync(HttpRequest request, Func<DeviceCall, Task<Outcome<DeviceReply>>> handler) =>
        watch.RunAsync(request, (Gate: this, Handler: handler), static (request, run) => run.Gate.ServeAsync(request, run.Handler));

    /// <summary>
    /// Runs a request whose body is taken as it comes. Who is refused is refused before anything is read, but hears of it only when the body has been sent:
    /// an early reply would reach it as a broken connection.
    /// </summary>
    internal Task<IResult> RunStreamingAsync(HttpRequest request, Func<StreamingCall, Task<Outcome<DeviceReply>>> handler) =>
        watch.RunAsync(request, (Gate: this, Handler: handler), static (request, run) => run.Gate.ServeStreamingAsync(request, run.Handler));

    /// <summary>Runs a request that needs no credential.</summary>
    internal Task<IResult> RunOpenAsync(HttpRequest request, Func<OpenCall, Task<Outcome<DeviceReply>>> handler) =>
        watch.RunAsync(request, (Gate: this, Handler: handler), static (request, run) => run.Gate.ServeOpenAsync(request, run.Handler));

    private static bool IsGone(HttpRequest request, RequestBody body) => body.IsIncomplete && request.HttpContext.RequestAborted.IsCancellationRequested;

    private async Task<IResult> ServeAsync(HttpRequest request, Func<DeviceCall, Task<Outcome<DeviceReply>>> handler)
    {
        var origin = RequestOrigin.Of(request);
        try
        {
            // No memory for those who do not even claim to be somebody.
            var presented = credentials.Find(request.Headers);
            using var body = presented == PresentedCredential.None ? await RequestBody.DiscardAsync(request) : await RequestBody.ReadAsync(request);
            if (IsGone(request, body))
            {
                return Refuse(request, origin, body.Problem!);
            }

            using var deadline = new CancellationTokenSource(_deadline, time);
            await setup.EnsureAsync(deadline.Token);
            if (await transport.CheckAsync(origin, deadline.Token) is { } plain)
            {
                return Refuse(request, origin, plain);
            }

            var found = await access.AuthenticateAsync(presented, origin, deadline.Token);
            if (!found.TryGet(out var device, out var failure))
            {
                return Refuse(request, origin, failure);
            }

            using var scope = logger.BeginScope(new DeviceScope(device, TraceId.Of(request)));
            return body.Problem is { } problem
                ? Refuse(request, origin, problem)
                : Reply(request, origin, await handler(new(device, body, deadline.Token)));
        }
        catch (Exception fault)
        {
            return Surprise(request, origin, fault);
        }
    }

    private async Task<IResult> ServeStreamingAsync(HttpRequest request, Func<StreamingCall, Task<Outcome<DeviceReply>>> handler)
    {
        var origin = RequestOrigin.Of(request);
        await using var body = new StreamedBody(request);
        try
        {
            if (!(await AdmitAsync(request, origin)).TryGet(out var device, out var failure))
            {
                await body.DrainAsync();
                return Refuse(request, origin, failure);
            }

            using var scope = logger.BeginScope(new DeviceScope(device, TraceId.Of(request)));
            var outcome = await handler(new(device, body));
            await body.DrainAsync();
            return Reply(request, origin, outcome);
        }
        catch (Exception fault)
        {
            await body.DrainAsync();
            return Surprise(request, origin, fault);
        }
    }

    private async Task<IResult> ServeOpenAsync(HttpRequest request, Func<OpenCall, Task<Outcome<DeviceReply>>> handler)
    {
        var origin = RequestOrigin.Of(request);
        try
        {
            using var body = await RequestBody.ReadAsync(request);
            if (body.Problem is { } problem)
            {
                return Refuse(request, origin, problem);
            }

            using var deadline = new CancellationTokenSource(_deadline, time);
            return await transport.CheckAsync(origin, deadline.Token) is { } plain
                ? Refuse(request, origin, plain)
                : Reply(request, origin, await handler(new(origin, body, deadline.Token)));
        }
        catch (Exception fault)
        {
            return Surprise(request, origin, fault);
        }
    }

    private async Task<Outcome<DeviceSession>> AdmitAsync(HttpRequest request, DeviceOrigin origin)
    {
        using var deadline = new CancellationTokenSource(_deadline, time);
        await setup.EnsureAsync(deadline.Token);
        return await transport.CheckAsync(origin, deadline.Token) is { } plain
            ? plain
            : await access.AuthenticateAsync(credentials.Find(request.Headers), origin, deadline.Token);
    }

    private DeviceReply Reply(HttpRequest request, DeviceOrigin origin, Outcome<DeviceReply> outcome) => outcome.TryGet(out var reply, out var failure) ? reply : Refuse(request, origin, failure);

    /// <summary>All refusals pass here.</summary>
    private DeviceReply Refuse(HttpRequest request, DeviceOrigin origin, Failure failure)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.Refused(logger, request.Method, request.Path, failure.Reason, failure.Detail, TraceId.Of(request));
        }

        return Tell(request, origin, failure);
    }

    private DeviceReply Tell(HttpRequest request, DeviceOrigin origin, Failure failure) => Tell(request, origin, failure.Reason, failure.Detail, DeviceReply.For(failure));

    private DeviceReply Tell(HttpRequest request, DeviceOrigin origin, string reason, string message, DeviceReply reply)
    {
        watch.Refused(ApiSide.Device, reason);
        refusals.Tell(request, origin, reason, message, reply.Status);
        return reply;
    }

    private DeviceReply Surprise(HttpRequest request, DeviceOrigin origin, Exception fault)
    {
        switch (fault)
        {
            case StorageUnavailableException:
                Log.NoStorage(logger, fault, request.Method, request.Path, TraceId.Of(request));
                return Tell(request, origin, StorageUnavailableException.ToFailure());

            // Handlers have no token but the deadline's, so a cancellation means that time is up.
            case OperationCanceledException:
                Log.TooSlow(logger, request.Method, request.Path, TraceId.Of(request));
                return Tell(request, origin, TooSlow);

            default:
                Log.Failed(logger, fault, request.Method, request.Path, TraceId.Of(request));
                return Tell(request, origin, "internal-error", "Something went wrong here.", DeviceReply.Fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1000, LogLevel.Debug, "{Method} {Path} was refused, {Reason}: {Detail} (trace {TraceId})")]
        public static partial void Refused(ILogger logger, string method, string path, string reason, string detail, string traceId);

        [LoggerMessage(1001, LogLevel.Warning, "{Method} {Path} ran into its deadline (trace {TraceId}).")]
        public static partial void TooSlow(ILogger logger, string method, string path, string traceId);

        [LoggerMessage(1002, LogLevel.Warning, "{Method} {Path} found no storage (trace {TraceId}).")]
        public static partial void NoStorage(ILogger logger, Exception fault, string method, string path, string traceId);

        [LoggerMessage(1003, LogLevel.Error, "{Method} {Path} failed (trace {TraceId}).")]
        public static partial void Failed(ILogger logger, Exception fault, string method, string path, string traceId);
    }
}
