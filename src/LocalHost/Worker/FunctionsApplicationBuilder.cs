using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Murano.LocalHost.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Gathers configuration and services of a function app.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder
{
    private readonly LocalAppBuilder _app;

    internal FunctionsApplicationBuilder(LocalAppBuilder app) => _app = app;

    /// <summary>Settings, from local.settings.json, environment variables and the command line, the later ones winning.</summary>
    public ConfigurationManager Configuration => _app.Web.Configuration;

    /// <summary>Name and folder of the app.</summary>
    public IHostEnvironment Environment => _app.Web.Environment;

    /// <summary>Where log lines go.</summary>
    public ILoggingBuilder Logging => _app.Web.Logging;

    /// <summary>Where measurements go.</summary>
    public IMetricsBuilder Metrics => _app.Web.Metrics;

    /// <summary>The services that functions may ask for.</summary>
    public IServiceCollection Services => _app.Web.Services;

    IDictionary<object, object> IHostApplicationBuilder.Properties => ((IHostApplicationBuilder)_app.Web).Properties;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>The app, ready to run; may be called once.</summary>
    public IHost Build() => _app.Build();

    void IHostApplicationBuilder.ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure) =>
        ((IHostApplicationBuilder)_app.Web).ConfigureContainer(factory, configure);

    internal void UseWeb() => _app.ServesHttp = true;
}
