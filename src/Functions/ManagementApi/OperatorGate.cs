using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Functions.DeviceApi;
using Murano.Functions.Telemetry;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;
using Murano.Shared.Telemetry;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// The way in for operators: finds out who is calling and whether they may, reads the body, runs the handler, and turns refusals and surprises into replies.
/// Handlers never see a credential.
/// </summary>
public sealed partial class OperatorGate(
    OperatorAccess access,
    FailedLogOns failed,
    ConnectorService connectors,
    OperatorAudit audit,
    Setup setup,
    RequestWatch watch,
    IOptions<DeviceOptions> options,
    TimeProvider time,
    ILogger<OperatorGate> logger)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly Failure HttpsRequired = new Failure.Forbidden("https-required", "Operators are heard over https only.");
    private static readonly Failure TooSlow = new Failure.Busy("deadline", "This took too long. Try again.", TimeSpan.FromSeconds(1));
    private static readonly Failure RoleTooLow = new Failure.Forbidden("role", "Your role does not allow this.");

    // Whether a connector exists is no secret, its name is in DNS: who has no access to it is told so, in the same words for one that does not exist.
    private static readonly Failure OutOfScope = new Failure.Forbidden("scope", "You have no access to this connector.");

    private const string SessionPath = "/api:1/token";

    private static readonly Func<ILogger, string, string, string, string, IDisposable?> Scope =
        LoggerMessage.DefineScope<string, string, string, string>("Connector {Connector}, operator {Operator} ({OperatorId}), trace {TraceId}");

    private readonly bool _httpsRequired = options.Value.RequireHttps;

    /// <summary>Runs a request about a connector.</summary>
    /// <param name="request">The request.</param>
    /// <param name="connector">The connector as the address names it.</param>
    /// <param name="permission">What the request needs.</param>
    /// <param name="handler">Does the work.</param>
    internal Task<IResult> RunAsync(HttpRequest request, string connector, OperatorPermission permission, Func<OperatorCall, Task<Outcome<OperatorReply>>> handler) =>
        RunAsync(request, connector, permission, OutOfScope, handler);

    /// <summary>As <see cref="RunAsync(HttpRequest, string, OperatorPermission, Func{OperatorCall, Task{Outcome{OperatorReply}}})"/>, but a connector that is not for the key does not exist for it.</summary>
    internal Task<IResult> RunOnSolutionAsync(HttpRequest request, string solution, OperatorPermission permission, Func<OperatorCall, Task<Outcome<OperatorReply>>> handler) =>
        RunAsync(request, solution, permission, ConnectorFailures.Unknown, handler);

    /// <summary>As <see cref="RunAsync(HttpRequest, string, OperatorPermission, Func{OperatorCall, Task{Outcome{OperatorReply}}})"/>, with a body that the handler reads itself; what it leaves is read and thrown away.</summary>
    internal async Task<IResult> RunFormAsync(HttpRequest request, string connector, OperatorPermission permission, Func<OperatorCall, Task<Outcome<OperatorReply>>> handler)
    {
        var reply = await RunAsync(request, connector, permission, OutOfScope, handler, readsBody: true);
        using var rest = await RequestBody.DiscardAsync(request);
        return reply;
    }

    /// <summary>Runs a request that is about no connector, or about several: the handler answers for the key's scope.</summary>
    internal Task<IResult> RunAsync(HttpRequest request, OperatorPermission permission, Func<AccountCall, Task<Outcome<OperatorReply>>> handler) => GuardAsync(request, permission, async entry =>
        (await AdmitAsync(entry, "", null)).TryGet(out var session, out var failure)
            ? await ServeAsync(entry, session, "", json => handler(new(session, entry.Request, json, entry.Cancellation)))
            : failure);

    /// <summary>Runs a request of somebody who need not be known: a log-in, or a question about the session that the address names.</summary>
    internal Task<IResult> RunForStrangerAsync(HttpRequest request, Func<StrangerCall, Task<Outcome<OperatorReply>>> handler) => GuardAsync(request, permission: null, async entry =>
    {
        if (_httpsRequired && !entry.Request.IsHttps)
        {
            return HttpsRequired;
        }

        var (document, problem) = OperatorBody.Parse(entry.Body);
        using (document)
        {
            return problem is null ? await handler(new(document?.RootElement, RequestOrigin.Of(request).Address, entry.Cancellation)) : problem;
        }
    });

    private Task<IResult> RunAsync(
        HttpRequest request, string connector, OperatorPermission permission, Failure outOfScope, Func<OperatorCall, Task<Outcome<OperatorReply>>> handler, bool readsBody = false) => GuardAsync(request, permission, async entry =>
        {
            if (!(await AdmitAsync(entry, connector, outOfScope)).TryGet(out var session, out var failure))
            {
                return failure;
            }

            return await ServeAsync(entry, session, connector, async json =>
            {
                if (!ConnectorId.TryParse(connector, out var id))
                {
                    return ConnectorFailures.Unknown;
                }

                return (await connectors.GetAsync(id, entry.Cancellation)).TryGet(out var found, out failure)
                    ? await handler(new(session, found, entry.Request, json, entry.Cancellation))
                    : failure;
            });
        }, readsBody);

    // A permission of null is a stranger's.
    private Task<IResult> GuardAsync(HttpRequest request, OperatorPermission? permission, Func<Entry, Task<Outcome<OperatorReply>>> run, bool readsBody = false)
    {
        ArgumentNullException.ThrowIfNull(request);
        return watch.RunAsync(
            request, (Gate: this, Permission: permission, Run: run, ReadsBody: readsBody), static (request, call) => call.Gate.ServeAsync(request, call.Permission, call.Run, call.ReadsBody));
    }

    private async Task<IResult> ServeAsync(HttpRequest request, OperatorPermission? permission, Func<Entry, Task<Outcome<OperatorReply>>> run, bool readsBody)
    {
        var traceId = TraceId.Of(request);
        try
        {
            // No memory for those who do not even claim to be somebody.
            var presented = PresentedOperator.TryRead(request.Headers.Authorization.ToString(), out var found) ? found : null;
            using var body = presented is null && permission is not null ? await RequestBody.DiscardAsync(request)
                : readsBody ? RequestBody.Over([], 0)
                : await RequestBody.ReadAsync(request);
            using var deadline = new CancellationTokenSource(Deadline, time);

            // What an operator changed must not stop half way because a terminal was closed; what nobody waits for need not be read.
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, request.HttpContext.RequestAborted);
            var cancellation = permission is { } wanted && IsRead(wanted) ? either.Token : deadline.Token;
            await setup.EnsureAsync(deadline.Token);
            var outcome = await run(new Entry(request, presented, body, permission ?? OperatorPermission.Read, traceId, cancellation));
            return outcome.TryGet(out var reply, out var failure) ? reply : Refuse(request, failure, traceId);
        }
        catch (StorageUnavailableException fault)
        {
            Log.NoStorage(logger, fault, request.Method, PathOf(request), traceId);
            return Refuse(request, StorageUnavailableException.ToFailure(), traceId);
        }
        catch (OperationCanceledException)
        {
            return Refuse(request, TooSlow, traceId);
        }
        catch (Exception fault)
        {
            Log.Failed(logger, fault, request.Method, PathOf(request), traceId);
            watch.Refused(ApiSide.Operator, "internal-error");
            return OperatorReply.Fault(request, traceId);
        }
    }

    private async Task<Outcome<OperatorSession>> AdmitAsync(Entry entry, string connector, Failure? outOfScope)
    {
        if (_httpsRequired && !entry.Request.IsHttps)
        {
            return HttpsRequired;
        }

        if (!(await access.AuthenticateAsync(entry.Presented, entry.Cancellation)).TryGet(out var session, out var failure))
        {
            return ReferenceEquals(failure, OperatorAccess.Unknown) ? failed.Count(failure, ApiSide.Operator, RequestOrigin.Of(entry.Request).Address) : failure;
        }

        // What is named like no connector is within the scope of keys for all.
        var id = ConnectorId.TryParse(connector, out var parsed) ? parsed : default;
        return outOfScope is not null && !session.MaySee(id) ? outOfScope
            : !session.May(entry.Permission) ? RoleTooLow
            : session;
    }

    // Reads the body, runs the handler, and notes what was changed.
    private async Task<Outcome<OperatorReply>> ServeAsync(Entry entry, OperatorSession session, string connector, Func<JsonElement?, Task<Outcome<OperatorReply>>> handler)
    {
        using var scope = Scope(logger, connector, session.Name, session.Id.Value, entry.TraceId);
        var (document, problem) = OperatorBody.Parse(entry.Body);
        using (document)
        {
            if (problem is not null)
            {
                return problem;
            }

            var outcome = await handler(document?.RootElement);
            if (!IsRead(entry.Permission) && outcome.TryGet(out var reply, out _))
            {
                await audit.NoteAsync(entry.Request, session, reply.Connector ?? connector, reply.Status, PathOf(entry.Request));
            }

            return outcome;
        }
    }

    private static bool IsRead(OperatorPermission permission) => permission is OperatorPermission.Read or OperatorPermission.OfferUpload or OperatorPermission.ReadAccess;

    // A session's token stands in its address.
    private static string PathOf(HttpRequest request) =>
        request.Path.StartsWithSegments(SessionPath, StringComparison.OrdinalIgnoreCase) ? SessionPath : request.Path.Value ?? "";

    private OperatorReply Refuse(HttpRequest request, Failure failure, string traceId)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.Refused(logger, request.Method, PathOf(request), failure.Reason, failure.Detail, traceId);
        }

        watch.Refused(ApiSide.Operator, failure.Reason);
        return OperatorReply.For(failure, request, traceId);
    }

    private sealed record Entry(
        HttpRequest Request, PresentedOperator? Presented, RequestBody Body, OperatorPermission Permission, string TraceId, CancellationToken Cancellation);

    private static partial class Log
    {
        [LoggerMessage(1100, LogLevel.Debug, "{Method} {Path} was refused, {Reason}: {Detail} (trace {TraceId})")]
        public static partial void Refused(ILogger logger, string method, string path, string reason, string detail, string traceId);

        [LoggerMessage(1101, LogLevel.Error, "{Method} {Path} failed (trace {TraceId}).")]
        public static partial void Failed(ILogger logger, Exception fault, string method, string path, string traceId);

        [LoggerMessage(1102, LogLevel.Warning, "{Method} {Path} found no storage (trace {TraceId}).")]
        public static partial void NoStorage(ILogger logger, Exception fault, string method, string path, string traceId);
    }
}
