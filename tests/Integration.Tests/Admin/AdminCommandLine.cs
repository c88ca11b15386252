using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Murano.Admin;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Admin;

/// <summary>An admin at a terminal: runs the program in this process, and keeps all that it printed.</summary>
internal sealed class AdminCommandLine
{
    private readonly List<string> _printed = [];

    private int _requests;

    /// <summary>Environment variables.</summary>
    public Dictionary<string, string?> Variables { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Apps whose certificates are trusted.</summary>
    public List<TestApp> Trusted { get; } = [];

    /// <summary>In the pipeline of storage.</summary>
    public IReadOnlyList<HttpPipelinePolicy> Policies { get; init; } = [];

    /// <summary>Runs before each request of HTTP, with its number in this run, from 1.</summary>
    public Action<int>? Before { get; set; }

    /// <summary>How long it was told to wait.</summary>
    public List<TimeSpan> Waits { get; } = [];

    /// <summary>All that was printed in all runs.</summary>
    public string Printed => string.Join('\n', _printed);

    /// <summary>Requests of the last run.</summary>
    public int Requests => _requests;

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code, and what it printed.</returns>
    public async Task<(int Code, string Text)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        _requests = 0;
        await using var text = new StringWriter();
        var writer = TextWriter.Synchronized(text);
        var code = await AdminProgram.RunAsync(
            arguments,
            new AdminHost { Out = writer, Error = writer, Variables = Variables, Policies = Policies, Network = handler => new Counter(this, Trust((SocketsHttpHandler)handler)), Wait = WaitAsync },
            cancellationToken);
        _printed.Add(text.ToString());
        return (code, text.ToString());
    }

    /// <summary>Runs a command that has to end with a code.</summary>
    public async Task<string> ExpectAsync(int code, params string[] arguments)
    {
        var (ended, text) = await RunAsync(TestContext.Current.CancellationToken, arguments);
        Assert.True(ended == code, $"{ended}: {text}");
        return text;
    }

    // Waits are short, and real: some of them let a job go on.
    private async Task WaitAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        lock (Waits)
        {
            Waits.Add(pause);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(20), cancellationToken);
    }

    private SocketsHttpHandler Trust(SocketsHttpHandler handler)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        foreach (var app in Trusted)
        {
            using var ca = X509CertificateLoader.LoadCertificateFromFile(app.Run.Ca);
            policy.CustomTrustStore.Add(X509CertificateLoader.LoadCertificate(ca.RawData));
        }

        handler.SslOptions.CertificateChainPolicy = policy;
        return handler;
    }

    private sealed class Counter(AdminCommandLine owner, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var number = Interlocked.Increment(ref owner._requests);
            owner.Before?.Invoke(number);
            cancellationToken.ThrowIfCancellationRequested();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
