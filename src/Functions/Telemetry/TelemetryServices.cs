using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Murano.Functions.Telemetry;

/// <summary>Composition of telemetry.</summary>
internal static class TelemetryServices
{
    // Hands the app's log lines to the platform's host, which exports them too.
    private const string LinesToHost = "Microsoft.Azure.Functions.Worker.Logging.WorkerLoggerProvider";

    /// <summary>Adds what watches requests and, where the settings name somebody to send to, what sends. To be added before other hosted services, so that it stops after them.</summary>
    public static void AddTelemetry(this FunctionsApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TelemetryOptions>().BindConfiguration(TelemetryOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, ValidateTelemetryOptions>();
        services.AddSingleton<RequestWatch>();
        var targets = ExportTargets.Of(builder.Configuration);
        if (!targets.IsAny)
        {
            return;
        }

        services.AddSingleton<ExportedLogs>();
        services.AddSingleton<ILoggerProvider>(provider => provider.GetRequiredService<ExportedLogs>());
        services.AddSingleton(provider => new TelemetryExport(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IOptions<TelemetryOptions>>(),
            provider.GetRequiredService<ExportedLogs>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<TelemetryExport>>()));
        services.AddHostedService(provider => provider.GetRequiredService<TelemetryExport>());
        if (targets.ConnectionString is not null)
        {
            // Most lines once: Application Insights gets the app's own from the app. What is wrong goes to the host as well, for the time when the app's way there is what is wrong.
            services.Configure<LoggerFilterOptions>(filters => filters.Rules.Add(new LoggerFilterRule(LinesToHost, "Murano", LogLevel.Warning, null)));
        }
    }
}
