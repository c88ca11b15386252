using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// The way in for operators: finds out who is calling and whether they may, reads the body, runs the handler, and turns refusals and surprises into replies.
/// Handlers never see a credential.
/// </summary>
public sealed partial class OperatorGate(OperatorAccess access, ConnectorService connectors, IOptions<DeviceOptions> options, TimeProvider time, ILogger<OperatorGate> logger)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static readonly Failure HttpsRequired = new Failure.Forbidden("https-required", "Operators are heard over https only.");
    private static readonly Failure TooSlow = new Failure.Busy("deadline", "This took too long. Try again.", TimeSpan.FromSeconds(1));
    private static readonly Failure RoleTooLow = new Failure.Forbidden("role", "The API key's role does not allow this.");

    // Whether a connector exists is no secret, its name is in DNS: a key that is not for it is told so, in the same words for one that does not exist.
    private static readonly Failure OutOfScope = new Failure.Forbidden("scope", "The API key is not for this connector.");

    private static readonly Func<ILogger, string, string, string, IDisposable?> Scope =
        LoggerMessage.DefineScope<string, string, string>("Connector {Connector}, operator {Operator}, trace {TraceId}");

    private readonly bool _httpsRequired = options.Value.RequireHttps;

    /// <summary>Runs a request about a connector.</summary>
    /// <param name="request">The request.</param>
    /// <param name="connector">The connector as the address names it.</param>
    /// <param name="permission">What the request needs.</param>
    /// <param name="handler">Does the work.</param>
    internal async Task<IResult> RunAsync(HttpRequest request, string connector, OperatorPermission permission, Func<OperatorCall, Task<Outcome<OperatorReply>>> handler)
    {
        ArgumentNullException.ThrowIfNull(request);
        var traceId = TraceId.Of(request);
        try
        {
            // No memory for those who do not even claim to be somebody.
            var presented = PresentedOperator.TryRead(request.Headers.Authorization.ToString(), out var found) ? found : null;
            using var body = presented is null ? await RequestBody.DiscardAsync(request) : await RequestBody.ReadAsync(request);
            using var deadline = new CancellationTokenSource(Deadline, time);

            // What an operator changed must not stop half way because a terminal was closed; what nobody waits for need not be read.
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, request.HttpContext.RequestAborted);
            var cancellation = permission == OperatorPermission.Read ? either.Token : deadline.Token;
            var outcome = await RunAsync(new Entry(request, presented, body, connector, permission, traceId, cancellation), handler);
            return outcome.TryGet(out var reply, out var failure) ? reply : Refuse(request, failure, traceId);
        }
        catch (StorageUnavailableException fault)
        {
            Log.NoStorage(logger, fault, request.Method, request.Path, traceId);
            return Refuse(request, StorageUnavailableException.ToFailure(), traceId);
        }
        catch (OperationCanceledException)
        {
            return Refuse(request, TooSlow, traceId);
        }
        catch (Exception fault)
        {
            Log.Failed(logger, fault, request.Method, request.Path, traceId);
            return OperatorReply.Fault(request, traceId);
        }
    }

    private async Task<Outcome<OperatorReply>> RunAsync(Entry entry, Func<OperatorCall, Task<Outcome<OperatorReply>>> handler)
    {
        if (_httpsRequired && !entry.Request.IsHttps)
        {
            return HttpsRequired;
        }

        if (!(await access.AuthenticateAsync(entry.Presented, entry.Cancellation)).TryGet(out var session, out var failure))
        {
            return failure;
        }

        using var scope = Scope(logger, entry.Connector, session.Name, entry.TraceId);
        var isId = ConnectorId.TryParse(entry.Connector, out var id);
        if (!session.MaySee(id))
        {
            return OutOfScope;
        }

        if (!session.May(entry.Permission))
        {
            return RoleTooLow;
        }

        var (document, problem) = OperatorBody.Parse(entry.Body);
        using (document)
        {
            if (problem is not null)
            {
                return problem;
            }

            if (!isId)
            {
                return ConnectorFailures.Unknown;
            }

            return (await connectors.GetAsync(id, entry.Cancellation)).TryGet(out var connector, out failure)
                ? await handler(new(session, connector, entry.Request, document?.RootElement, entry.Cancellation))
                : failure;
        }
    }

    private OperatorReply Refuse(HttpRequest request, Failure failure, string traceId)
    {
        if (logger.IsEnabled(LogLevel.Debug))
        {
            Log.Refused(logger, request.Method, request.Path, failure.Reason, failure.Detail, traceId);
        }

        return OperatorReply.For(failure, request, traceId);
    }

    private sealed record Entry(
        HttpRequest Request, PresentedOperator? Presented, RequestBody Body, string Connector, OperatorPermission Permission, string TraceId, CancellationToken Cancellation);

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
