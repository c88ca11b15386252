using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Murano.LocalHost.Hosting;

/// <summary>Sockets bound to 127.0.0.1 before the server starts, so that the settings can name ports that the system chose.</summary>
internal sealed class BoundPorts : IDisposable
{
    private readonly Socket _http;
    private readonly Socket _https;

    private BoundPorts(Socket http, Socket https) => (_http, _https) = (http, https);

    /// <summary>Where plain HTTP is served.</summary>
    public IPEndPoint Http => (IPEndPoint)_http.LocalEndPoint!;

    /// <summary>Where HTTPS is served.</summary>
    public IPEndPoint Https => (IPEndPoint)_https.LocalEndPoint!;

    /// <summary>Binds both.</summary>
    public static BoundPorts Bind(LocalHostOptions options)
    {
        var http = Bind(options.HttpPort, nameof(options.HttpPort));
        try
        {
            return new(http, Bind(options.HttpsPort, nameof(options.HttpsPort)));
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    /// <summary>The socket that is bound to <paramref name="endpoint"/>, for the server.</summary>
    public Socket Take(EndPoint endpoint) =>
        endpoint.Equals(Http) ? _http : endpoint.Equals(Https) ? _https : SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);

    /// <inheritdoc/>
    public void Dispose()
    {
        _http.Dispose();
        _https.Dispose();
    }

    private static Socket Bind(int port, string setting)
    {
        try
        {
            return SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException fault)
        {
            throw new LocalHostException(
                fault.SocketErrorCode == SocketError.AddressAlreadyInUse
                    ? $"Port {port} is taken by another program: stop that one, or set LocalHost__{setting} to another port (0 takes any free one)."
                    : $"Port {port} cannot be used ({fault.Message}): set LocalHost__{setting} to another port (0 takes any free one).",
                fault);
        }
    }
}
