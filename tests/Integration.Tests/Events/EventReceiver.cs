using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Events;

/// <summary>An owner's code that receives events: a server on loopback that keeps what it gets and answers as it is told.</summary>
internal sealed class EventReceiver : IAsyncDisposable
{
    private readonly ConcurrentQueue<Received> _received = new();

    private LoopbackServer? _server;

    private EventReceiver()
    {
    }

    /// <summary>What answers; 204 at first.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = context => Status(context, 204);

    /// <summary>What is done with each request before it is answered.</summary>
    public Func<Received, Task>? Taking { get; set; }

    /// <summary>What came, in order.</summary>
    public IReadOnlyList<Received> All => [.. _received];

    /// <summary>Where it listens.</summary>
    public int Port => _server!.Port;

    public string Url => $"http://localhost:{Port}/events?code=hidden";

    public static async Task<EventReceiver> StartAsync(X509Certificate2? certificate = null)
    {
        var receiver = new EventReceiver();
        receiver._server = await LoopbackServer.StartAsync(receiver.ReceiveAsync, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        });
        return receiver;
    }

    public static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    /// <summary>A certificate for localhost that nobody else vouches for.</summary>
    public static X509Certificate2 SelfSigned()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddDnsName("receiver.example");
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public async ValueTask DisposeAsync() => await _server!.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var received = new Received(context.Request.Method, context.Request.Path + context.Request.QueryString, headers, Encoding.UTF8.GetString(body.ToArray()));
        _received.Enqueue(received);
        if (Taking is { } taking)
        {
            await taking(received);
        }

        await Answer(context);
    }

    internal sealed record Received(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body);
}
