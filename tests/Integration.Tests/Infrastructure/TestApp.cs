using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using Azure.Core.Pipeline;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Murano.LocalHost;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>The app, or functions of a test's own, on LocalHost in this process: real sockets on free ports, real storage, tables of its own.</summary>
public sealed class TestApp : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly TemporaryFolder _folder;

    private TestApp(IHost host, TemporaryFolder folder, TestLog log, string tablePrefix, bool isProduct)
    {
        _host = host;
        _folder = folder;
        Log = log;
        TablePrefix = tablePrefix;
        Run = host.GetRunInfo();
        Client = new HttpClient(isProduct ? new ContractHandler() : new SocketsHttpHandler()) { BaseAddress = Http };
    }

    /// <summary>Addresses, connector and operator's key.</summary>
    public RunInfo Run { get; }

    /// <summary>Base address for plain HTTP, which counts as https but for devmode names.</summary>
    public Uri Http => new(Run.Http);

    /// <summary>Base address for HTTPS.</summary>
    public Uri Https => new(Run.Https);

    /// <summary>A client for <see cref="Http"/>, which holds each reply of the product against the OpenAPI document.</summary>
    public HttpClient Client { get; }

    /// <summary>The app's container.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>What the app logged.</summary>
    public TestLog Log { get; }

    /// <summary>Prefix of the app's tables.</summary>
    public string TablePrefix { get; }

    /// <summary>Starts an app and waits until it serves.</summary>
    public static async Task<TestApp> StartAsync(AzuriteFixture azurite, TestAppOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(azurite);
        options ??= new();
        var folder = new TemporaryFolder();
        var log = new TestLog();
        var prefix = options.TablePrefix ?? Names.TablePrefix();
        IHost? host = null;
        try
        {
            host = Build(options, options.Storage ?? azurite.ConnectionString, options.DataFolder ?? folder.Path, prefix, log);
            await host.StartAsync(TestContext.Current.CancellationToken);
            return new(host, folder, log, prefix, isProduct: options.Functions is null);
        }
        catch
        {
            host?.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Stops the app as Ctrl-C does.</summary>
    public Task StopAsync() => _host.StopAsync(TestContext.Current.CancellationToken);

    /// <summary>A client for <see cref="Https"/> that trusts the app's CA, with a client certificate when one is given.</summary>
    public HttpClient CreateHttpsClient(X509Certificate2? certificate = null)
    {
        using var ca = X509CertificateLoader.LoadCertificateFromFile(Run.Ca);
        var handler = new SocketsHttpHandler();
        handler.SslOptions.CertificateChainPolicy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            CustomTrustStore = { X509CertificateLoader.LoadCertificate(ca.RawData) },
            RevocationMode = X509RevocationMode.NoCheck,
        };
        if (certificate is not null)
        {
            handler.SslOptions.ClientCertificates = [certificate];
        }

        return new HttpClient(handler) { BaseAddress = Https };
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        _folder.Dispose();
    }

    private static IHost Build(TestAppOptions options, string storage, string dataFolder, string prefix, TestLog log)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["LocalHost:HttpPort"] = "0",
            ["LocalHost:HttpsPort"] = "0",
            ["LocalHost:DataFolder"] = dataFolder,
            ["AzureWebJobsStorage"] = storage,
            ["AzureFunctionsWebHost:hostid"] = prefix, // timers of apps with tables of their own do not wait for each other
            ["Storage:TablePrefix"] = prefix,
            ["Logging:LogLevel:Murano"] = "Debug",
            ["Devices:NewIdentitiesPerMinute"] = "0", // all tests come from one address
        };
        foreach (var (key, value) in options.Settings)
        {
            settings[key] = value;
        }

        var builder = LocalFunctions.CreateBuilder(new LocalFunctionsOptions
        {
            Assembly = options.Functions is null ? MuranoApp.Assembly : Assembly.GetExecutingAssembly(),
            Types = options.Functions,
            Time = options.Time,
            Configuration = settings,
            SettingsFile = options.SettingsFile,
            IsFirstInstance = options.IsFirstInstance,
        });
        builder.Logging.AddProvider(log);
        foreach (var policy in options.Policies)
        {
            builder.Services.AddSingleton<HttpPipelinePolicy>(policy);
        }

        Compose(builder, options);
        options.Configure?.Invoke(builder);
        return builder.Build();
    }

    private static void Compose(FunctionsApplicationBuilder builder, TestAppOptions options)
    {
        if (options.Functions is null)
        {
            MuranoApp.Compose(builder);
        }
        else
        {
            builder.ConfigureFunctionsWebApplication();
        }
    }
}
