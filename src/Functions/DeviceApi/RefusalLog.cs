using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Realtime;

namespace Murano.Functions.DeviceApi;

/// <summary>
/// Tells those who watch why a device was refused, which bare codes hide. Best effort: it never waits, and while nobody watches it costs a look at what is in
/// memory, or one read of the settings of a connector that only the host names, as each request of its devices costs.
/// </summary>
public sealed partial class RefusalLog(LiveLog log, ConnectorService connectors, ConnectorLookup lookup, DeviceHosts hosts, TimeProvider time, ILogger<RefusalLog> logger)
{
    private const int MaxIdentity = 200; // characters
    private const int MaxPath = 200; // likewise

    // Anybody can name a host: reads of settings for refusals alone are at least so far apart, whoever asks.
    private static readonly TimeSpan BetweenReads = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan ReadWithin = TimeSpan.FromSeconds(10);

    private long _nextRead;

    /// <summary>Tells of a refusal, if it is known whose device it was.</summary>
    internal void Tell(HttpRequest request, DeviceOrigin origin, string reason, string message, int code)
    {
        if (!log.IsOn)
        {
            return;
        }

        if (origin.Trace.Connector is { } connector)
        {
            // A poll may have begun long before anybody watched.
            Show(connectors.Newest(connector), request, origin, reason, message, code);
            return;
        }

        var finding = FindAsync(origin);
        if (finding.IsCompletedSuccessfully)
        {
            Show(finding.Result, request, origin, reason, message, code);
            return;
        }

        // The request's objects end with it.
        _ = ShowLaterAsync(finding, Describe(request, origin, reason, message, code));
    }

    private async Task<Connector?> FindAsync(DeviceOrigin origin)
    {
        using var limit = new CancellationTokenSource(ReadWithin, time);

        // What an activation asked for a moment ago is remembered.
        if (origin.Trace.Names is { } names && (await lookup.FindAsync(origin.Host, names, limit.Token)).TryGet(out var named, out _))
        {
            return named;
        }

        return hosts.TryRead(origin.Host, out var id, out _) && (connectors.IsCached(id) || MayRead()) ? await connectors.FindAsync(id, limit.Token) : null;
    }

    private bool MayRead()
    {
        var now = time.GetUtcNow().UtcTicks;
        var next = Volatile.Read(ref _nextRead);
        return now >= next && Interlocked.CompareExchange(ref _nextRead, now + BetweenReads.Ticks, next) == next;
    }

    private void Show(Connector? connector, HttpRequest request, DeviceOrigin origin, string reason, string message, int code)
    {
        if (connector is { Watch.IsEmpty: false })
        {
            log.Tell(connector, Describe(request, origin, reason, message, code));
        }
    }

    private async Task ShowLaterAsync(Task<Connector?> finding, DeviceRefusal refusal)
    {
        try
        {
            if (await finding is { } connector)
            {
                log.Tell(connector, refusal);
            }
        }
        catch (Exception fault)
        {
            Log.NotFound(logger, fault);
        }
    }

    private DeviceRefusal Describe(HttpRequest request, DeviceOrigin origin, string reason, string message, int code) => new()
    {
        Identity = Cut(origin.Trace.Identity, MaxIdentity),
        Device = IdentityId.TryParse(origin.Trace.Identity, out var device) ? device : null,
        Address = origin.AddressText,
        Time = time.GetUnixMicros(),
        Reason = reason,
        Message = message,
        Code = code,
        Method = request.Method,
        Path = Cut(request.Path.Value ?? "", MaxPath),
    };

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..most];

    private static partial class Log
    {
        [LoggerMessage(1020, LogLevel.Debug, "Whose device was refused could not be found out for the live log.")]
        public static partial void NotFound(ILogger logger, Exception fault);
    }
}
