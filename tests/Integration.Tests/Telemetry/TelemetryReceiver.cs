using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Telemetry;

/// <summary>A collector for OTLP over http, and an ingestion endpoint of Application Insights, on loopback: counts connections, keeps what comes, and may keep callers waiting.</summary>
internal sealed class TelemetryReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<(string Path, byte[] Body)> _received = new();
    private readonly CancellationTokenSource _end = new();
    private LoopbackServer? _server;
    private int _connections;

    private TelemetryReceiver()
    {
    }

    /// <summary>Where it listens.</summary>
    public string Url => $"http://127.0.0.1:{_server!.Port}";

    /// <summary>How many connections there were.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Whether callers get no answer.</summary>
    public bool Hangs { get; set; }

    /// <summary>Everything that came, as text.</summary>
    public string Text => string.Join('\n', _received.Select(one => Encoding.Latin1.GetString(one.Body)));

    /// <summary>Spans over OTLP.</summary>
    public IEnumerable<ProtoMessage> Spans => Read("/v1/traces").SelectMany(export => export.At(1, 2, 2));

    /// <summary>Log lines over OTLP.</summary>
    public IEnumerable<ProtoMessage> Logs => Read("/v1/logs").SelectMany(export => export.At(1, 2, 2));

    /// <summary>Metrics over OTLP.</summary>
    public IEnumerable<ProtoMessage> Metrics => Read("/v1/metrics").SelectMany(export => export.At(1, 2, 2));

    /// <summary>Where what came over OTLP says that it comes from.</summary>
    public IEnumerable<Dictionary<string, string>> Resources => Read("/v1/").SelectMany(export => export.At(1, 1)).Select(resource => resource.Attributes(1));

    /// <summary>Items of Application Insights.</summary>
    public IEnumerable<JsonElement> Items =>
        _received.Where(one => one.Path.Contains("/track", StringComparison.Ordinal)).SelectMany(one => Encoding.UTF8.GetString(one.Body).Split('\n', StringSplitOptions.RemoveEmptyEntries)).Select(line => JsonSerializer.Deserialize<JsonElement>(line));

    /// <summary>How often each path was called.</summary>
    public IEnumerable<string> Paths => _received.Select(one => one.Path).Distinct(StringComparer.Ordinal);

    public static async Task<TelemetryReceiver> StartAsync()
    {
        var receiver = new TelemetryReceiver();
        receiver._server = await LoopbackServer.StartAsync(receiver.ReceiveAsync, listen => listen.Use(next => connection =>
        {
            Interlocked.Increment(ref receiver._connections);
            return next(connection);
        }));
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _server!.DisposeAsync();
        _end.Dispose();
    }

    private IEnumerable<ProtoMessage> Read(string path) => _received.Where(one => one.Path.StartsWith(path, StringComparison.Ordinal)).Select(one => ProtoMessage.Read(one.Body));

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        var sent = context.Request.Headers.ContentEncoding.ToString() is "gzip" ? new GZipStream(context.Request.Body, CompressionMode.Decompress) : context.Request.Body;
        await sent.CopyToAsync(body);
        _received.Enqueue((context.Request.Path.Value!, body.ToArray()));
        if (Hangs)
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, CancellationTokenSource.CreateLinkedTokenSource(_end.Token, context.RequestAborted).Token);
            }
            catch (OperationCanceledException)
            {
                context.Abort();
                return;
            }
        }

        if (context.Request.Path.Value!.Contains("/track", StringComparison.Ordinal))
        {
            context.Response.ContentType = "application/json";
            var items = Encoding.UTF8.GetString(body.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
            await context.Response.WriteAsync($$"""{"itemsReceived":{{items}},"itemsAccepted":{{items}},"errors":[]}""");
        }
        else
        {
            context.Response.ContentType = "application/x-protobuf";
        }
    }
}
