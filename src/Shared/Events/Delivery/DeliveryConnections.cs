using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Murano.Shared.Events.Delivery;

/// <summary>
/// The connections to destinations. Each is made to an address that was judged, never to a name: what a name resolves to is the business of whoever owns it.
/// No redirects, cookies or proxies.
/// </summary>
public sealed class DeliveryConnections : IDisposable
{
    private const int ConnectionsPerHost = 64;
    private const int MaxHeaderKiB = 16;
    private const int MaxDrain = 4 * 1024; // bytes of an answer that are read so that its connection can be used again

    // Names move to other addresses; a connection that lives on would not notice.
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ConnectionIdle = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(1);

    private readonly DeliveryNetwork _network;
    private readonly bool _allowPrivate;

    /// <summary>The connections; none is made yet.</summary>
    public DeliveryConnections(IOptions<EventOptions> options, DeliveryNetwork network)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(network);
        (_network, _allowPrivate) = (network, options.Value.AllowPrivateAddresses);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = options.Value.Timeout,
            MaxConnectionsPerServer = ConnectionsPerHost,
            MaxResponseDrainSize = MaxDrain,
            MaxResponseHeadersLength = MaxHeaderKiB,
            PooledConnectionIdleTimeout = ConnectionIdle,
            PooledConnectionLifetime = ConnectionLife,
            ResponseDrainTimeout = DrainTime,
        };
        handler.SslOptions.CertificateChainPolicy = network.Trust;
        Client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>The client. It has no time limit of its own.</summary>
    public HttpClient Client { get; }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await _network.Resolve(context.DnsEndPoint.Host, cancellationToken);
        var allowed = _allowPrivate ? addresses : [.. addresses.Where(PublicAddressRules.IsPublic)];
        if (allowed.Length == 0)
        {
            throw addresses.Length == 0 ? new SocketException((int)SocketError.HostNotFound) : new AddressRefusedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
