using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Murano.LocalHost.Certificates;
using Murano.LocalHost.Routing;
using Murano.LocalHost.Timers;
using Murano.LocalHost.Warmup;
using Murano.LocalHost.WebPubSub;

namespace Murano.LocalHost.Hosting;

/// <summary>What stands behind the platform's builder: gathers settings and services, then prepares the machine and builds the app.</summary>
internal sealed class LocalAppBuilder
{
    private readonly Assembly _assembly;
    private readonly LocalFunctionsOptions? _test;
    private bool _built;

    private LocalAppBuilder(WebApplicationBuilder web, Assembly assembly, LocalFunctionsOptions? test)
    {
        Web = web;
        _assembly = assembly;
        _test = test;
    }

    /// <summary>ASP.NET Core's builder.</summary>
    public WebApplicationBuilder Web { get; }

    /// <summary>Whether the app has asked for HTTP functions.</summary>
    public bool ServesHttp { get; set; }

    private string AppFolder => _test?.AppFolder ?? AppContext.BaseDirectory;

    /// <summary>A builder with the settings read and logging set up.</summary>
    public static LocalAppBuilder Create(Assembly assembly, string[] args, LocalFunctionsOptions? test = null)
    {
        var web = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = assembly.GetName().Name,
            ContentRootPath = test?.AppFolder ?? AppContext.BaseDirectory,
            EnvironmentName = Environments.Development,
        });
        var app = new LocalAppBuilder(web, assembly, test);
        LocalConfiguration.Add(web.Configuration, app.AppFolder, args, test);
        LocalLogging.Add(web.Logging, web.Configuration, test?.WritesToConsole ?? true);
        web.Host.UseDefaultServiceProvider(provider => provider.ValidateScopes = provider.ValidateOnBuild = true);
        if (test is null)
        {
            web.Services.Configure<ConsoleLifetimeOptions>(console => console.SuppressStatusMessages = true);
        }
        else
        {
            web.Services.Replace(ServiceDescriptor.Singleton<IHostLifetime, TestLifetime>());
            web.Services.AddSingleton(test.Time);
        }

        return app;
    }

    /// <summary>Prepares everything that must be there before the app's first service is made, and builds the app.</summary>
    public IHost Build()
    {
        if (_built)
        {
            throw new InvalidOperationException("Build can be called once.");
        }

        _built = true;
        var resources = new LocalResources(new StartSignals(listens: _test is null));
        LocalApp? app = null;
        Failures.ReportedByAsync(
            _test,
            async () => app = await BuildAsync(resources),
            resources.DisposeAsync).GetAwaiter().GetResult();
        return app!;
    }

    private async Task<LocalApp> BuildAsync(LocalResources resources)
    {
        var options = LocalConfiguration.ReadOptions(Web.Configuration);
        var catalog = FunctionCatalog.Find(_test?.Types ?? _assembly.GetTypes(), HostJson.ReadRoutePrefix(AppFolder));
        if (catalog.Http.Count > 0 && !ServesHttp)
        {
            throw new LocalHostException("The app has HTTP functions but Program.cs does not call ConfigureFunctionsWebApplication.");
        }

        resources.Folder = DataFolder.Open(options.DataFolder);
        resources.Ports = BoundPorts.Bind(options);
        var certificates = new DevelopmentCertificates(resources.Folder, TimeProvider.System);
        var storage = await LocalStorage.PrepareAsync(Web.Configuration, resources, options, Say, resources.Signals.Stop);
        if (storage is null && catalog.Timers.Count > 0)
        {
            throw new LocalHostException("Timers need AzureWebJobsStorage as a connection string: LocalHost has no identity to reach the storage with.");
        }

        if (string.IsNullOrEmpty(Web.Configuration[LocalConfiguration.WebPubSub]) && string.IsNullOrEmpty(Web.Configuration[LocalConfiguration.WebPubSubEndpoint]))
        {
            resources.WebPubSub = await WebPubSubEmulator.StartAsync(options.WebPubSubPort, null, TimeProvider.System, resources.Signals.Stop);
        }

        LocalConfiguration.AddDiscovered(Web.Configuration, resources.Ports, storage, resources.WebPubSub?.ConnectionString);

        AddServices(options, catalog);
        UseKestrel(resources.Ports, certificates);
        var web = Web.Build();
        var dispatcher = ActivatorUtilities.CreateInstance<FunctionDispatcher>(web.Services);
        web.Run(dispatcher.DispatchAsync);
        return new LocalApp(web, resources, certificates.CaFile, _test, Say);
    }

    private void Say(string line)
    {
        if (_test?.WritesToConsole ?? true)
        {
            Console.WriteLine(line);
        }
    }

    private void AddServices(LocalHostOptions options, FunctionCatalog catalog)
    {
        Web.Services.TryAddSingleton(TimeProvider.System);
        Web.Services.AddSingleton(options);
        Web.Services.AddSingleton(catalog);
        Web.Services.AddSingleton<FrontEnd>();
        Web.Services.AddSingleton<FunctionInvoker>();
        Web.Services.AddSingleton<TimerRunner>();
        Web.Services.AddSingleton<WarmupRunner>();
        Web.Services.AddHostedService<TimerService>();
        Web.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.ShutdownTimeout);
    }

    private void UseKestrel(BoundPorts ports, DevelopmentCertificates certificates)
    {
        var certificate = certificates.GetServerCertificate();
        Web.WebHost.UseKestrel();
        Web.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = ports.Take);
        Web.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.Listen(ports.Http, listen =>
            {
                LateDisconnect.Use(listen);
                listen.Protocols = HttpProtocols.Http1;
            });
            kestrel.Listen(ports.Https, listen =>
            {
                LateDisconnect.Use(listen);
                listen.Protocols = HttpProtocols.Http1;
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = certificate;
                    https.ClientCertificateMode = ClientCertificateMode.AllowCertificate;
                    https.ClientCertificateValidation = (_, _, _) => true; // as the platform: the app decides
                });
            });
        });
    }
}
