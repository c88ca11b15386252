using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Murano.LocalHost.Hosting;

/// <summary>
/// Stands for the front end that reads a request whole before the app sees it. Embedded clients send a request and close at once; the server alone would
/// take the end of the connection for the end of its requests, and give up even on a body that has arrived whole. So what has arrived is given to it
/// before the news that nothing more will come, and the abort of the request waits a little.
/// </summary>
internal static class LateDisconnect
{
    // Long enough to read what has already arrived, short enough that waits for a client that has gone end within a second.
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    /// <summary>Applies to all connections of an endpoint.</summary>
    public static void Use(ListenOptions endpoint) => endpoint.Use(next => connection => RunAsync(next, connection));

    private static async Task RunAsync(ConnectionDelegate next, ConnectionContext connection)
    {
        var closed = connection.ConnectionClosed;
        using var late = new CancellationTokenSource();
        await using var registration = closed.UnsafeRegister(static source => ((CancellationTokenSource)source!).CancelAfter(Grace), late);
        var transport = connection.Transport;
        connection.ConnectionClosed = late.Token;
        connection.Transport = new DataFirst(transport);
        try
        {
            await next(connection);
        }
        finally
        {
            (connection.ConnectionClosed, connection.Transport) = (closed, transport);
        }
    }

    /// <summary>A reader over a stream tells of the end only when a read finds it, as under TLS; a bare socket's tells of it together with the last data.</summary>
    private sealed class DataFirst(IDuplexPipe inner) : IDuplexPipe
    {
        public PipeReader Input { get; } = PipeReader.Create(inner.Input.AsStream(), new(useZeroByteReads: true));

        public PipeWriter Output => inner.Output;
    }
}
