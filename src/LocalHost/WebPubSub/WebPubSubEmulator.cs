using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Murano.LocalHost.WebPubSub;

/// <summary>Azure Web PubSub as far as this product and Microsoft's clients use it, on 127.0.0.1, in this process. It keeps nothing.</summary>
public sealed class WebPubSubEmulator : IAsyncDisposable
{
    private const int KeyBytes = 32;

    private readonly WebApplication _web;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, Hub> _hubs = new(StringComparer.OrdinalIgnoreCase);
    private readonly ClientEndpoint _clients;
    private readonly RestEndpoint _rest;
    private int _disposed;

    private WebPubSubEmulator(WebApplication web, string accessKey, TimeProvider time)
    {
        _web = web;
        AccessKey = accessKey;
        _clients = new(accessKey, time, _stopping.Token);
        _rest = new(accessKey, time);
    }

    /// <summary>The key that signs tokens.</summary>
    public string AccessKey { get; }

    /// <summary>The port that it listens on.</summary>
    public int Port { get; private set; }

    /// <summary>What the SDKs want to know.</summary>
    public string ConnectionString => string.Create(CultureInfo.InvariantCulture, $"Endpoint=http://127.0.0.1:{Port};AccessKey={AccessKey};Version=1.0;");

    /// <summary>Starts one.</summary>
    /// <param name="port">0 takes any free port.</param>
    /// <param name="accessKey">The key; null makes one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<WebPubSubEmulator> StartAsync(int port, string? accessKey, TimeProvider time, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = nameof(WebPubSubEmulator) });
        builder.WebHost.UseKestrelCore();
        builder.Services.Configure<KestrelServerOptions>(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.Protocols = HttpProtocols.Http1));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        var web = builder.Build();
        var emulator = new WebPubSubEmulator(web, accessKey ?? Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)), time);
        web.UseWebSockets();
        web.Run(emulator.ServeAsync);
        try
        {
            await web.StartAsync(cancellationToken);
        }
        catch (IOException fault)
        {
            await emulator.DisposeAsync();
            throw new LocalHostException($"Port {port} cannot be used for Web PubSub ({fault.Message}): set LocalHost__WebPubSubPort to another port (0 takes any free one).", fault);
        }

        emulator.Port = new Uri(web.Urls.Single()).Port;
        return emulator;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        await _web.StopAsync(CancellationToken.None);
        await _web.DisposeAsync();
        _stopping.Dispose();
    }

    /// <summary>Path that a token for a client's request names, whichever way the client names the hub.</summary>
    internal static string ClientPath(HttpRequest request) => $"/client/hubs/{HubOf(request)}";

    /// <summary>Path that a token for a server's request names.</summary>
    internal static string PathOf(HttpRequest request) => request.Path.Value ?? "/";

    private static string? HubOf(HttpRequest request) => Parts(PathOf(request)) switch
    {
        ["client", "hubs", var hub] => hub,
        ["client"] => request.Query["hub"].FirstOrDefault(),
        _ => null,
    };

    private static string[] Parts(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    // The path of a group may hold slashes, escaped, which ASP.NET Core leaves as they are.
    private static string[] Decoded(IEnumerable<string> parts) => [.. parts.Select(part => part.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase))];

    private Task ServeAsync(HttpContext context)
    {
        var parts = Parts(PathOf(context.Request));
        switch (parts)
        {
            case ["api", "health"] when HttpMethods.IsHead(context.Request.Method):
                return Task.CompletedTask;
            case ["api", "hubs", var hub, .. var rest] when HubNames.IsHub(hub):
                return _rest.ServeAsync(context, Hub(hub), hub, Decoded(rest));
            case ["client", ..] when HubOf(context.Request) is { } hub && HubNames.IsHub(hub):
                return _clients.ServeAsync(context, Hub(hub));
            default:
                return RestEndpoint.FailAsync(context.Response, StatusCodes.Status404NotFound, "NotFound", "There is nothing at this address.");
        }
    }

    private Hub Hub(string name) => _hubs.GetOrAdd(name, _ => new Hub());
}
