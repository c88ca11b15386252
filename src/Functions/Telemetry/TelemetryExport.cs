using System.Reflection;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Murano.Functions.Telemetry;

/// <summary>
/// Brings spans, metrics and logs to where the settings say. Everything is queued and sent in the background: an exporter that is slow, gone or set up wrongly loses telemetry
/// and never holds a request up. Nothing is sent before the first request.
/// </summary>
public sealed partial class TelemetryExport : IHostedService, IDisposable
{
    // A host that stops gives about ten seconds to all of the app.
    private static readonly TimeSpan FlushWithin = TimeSpan.FromSeconds(3);

    private readonly IConfiguration _configuration;
    private readonly double _ratio;
    private readonly ExportedLogs _logs;
    private readonly TimeProvider _time;
    private readonly ILogger<TelemetryExport> _logger;
    private readonly Lazy<ServiceProvider?> _exporters;
    private readonly Lock _lock = new();
    private IDisposable? _invocations;
    private MeterProvider? _metrics;
    private volatile bool _isAwake;
    private int _isClosing;

    internal TelemetryExport(IConfiguration configuration, IOptions<TelemetryOptions> options, ExportedLogs logs, TimeProvider time, ILogger<TelemetryExport> logger)
    {
        (_configuration, _ratio, _logs, _time, _logger) = (configuration, options.Value.SampleRatio, logs, time, logger);
        _exporters = new(TryBuild);
    }

    /// <summary>A request has come, or the timer: from now on what happens is exported.</summary>
    internal void Wake()
    {
        if (!_isAwake)
        {
            WakeUp();
        }
    }

    /// <summary>Begins to make the exporters beside the rest of the start. They connect to nothing yet.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _invocations = HostInvocations.Listen(); // before the first invocation
        _ = Task.Run(() => _exporters.Value, CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>Sends what is queued, if that is possible within three seconds.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (!_exporters.IsValueCreated || _exporters.Value is not { } exporters || Interlocked.Exchange(ref _isClosing, 1) != 0)
        {
            return;
        }

        try
        {
            await Task.Run(() => Close(exporters), CancellationToken.None).WaitAsync(FlushWithin, _time, cancellationToken);
        }
        catch (Exception fault)
        {
            Log.NotFlushed(_logger, fault);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _invocations?.Dispose();

    private void Close(ServiceProvider exporters)
    {
        // Side by side: one that hangs must not take the others' time.
        var limit = (int)FlushWithin.TotalMilliseconds;
        Parallel.Invoke(
            () => exporters.GetRequiredService<TracerProvider>().Shutdown(limit),
            () => _metrics?.Shutdown(limit),
            () => exporters.GetRequiredService<LoggerProvider>().Shutdown(limit));
        _logs.Detach();
        exporters.Dispose();
    }

    private void WakeUp()
    {
        lock (_lock)
        {
            if (!_isAwake && _exporters.Value is { } exporters)
            {
                Attach(exporters);
            }

            _isAwake = true;
        }
    }

    private void Attach(ServiceProvider exporters)
    {
        try
        {
            // Sends from now on, also when there is nothing to tell.
            _metrics = exporters.GetRequiredService<MeterProvider>();
            foreach (var taker in exporters.GetServices<ILoggerProvider>())
            {
                _logs.Attach(taker);
            }
        }
        catch (Exception fault)
        {
            Log.NotBuilt(_logger, fault);
        }
    }

    private ServiceProvider? TryBuild()
    {
        try
        {
            return Build(ExportTargets.Of(_configuration));
        }
        catch (Exception fault)
        {
            Log.NotBuilt(_logger, fault);
            return null;
        }
    }

    private ServiceProvider Build(ExportTargets targets)
    {
        // A container of its own: the app's knows nothing of OpenTelemetry, and nothing is resolved before it is wanted.
        var services = new ServiceCollection();
        services.AddSingleton(_configuration);
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, _configuration))
            .WithTracing(traces => traces.AddSource(MuranoTracing.SourceName).SetSampler(new RequestSampler(_ratio)))
            .WithMetrics(metrics => metrics.AddMeter(MuranoMetrics.MeterName))
            .WithLogging(null, logs => (logs.IncludeScopes, logs.IncludeFormattedMessage) = (true, true));
        if (targets.HasCollector)
        {
            telemetry.UseOtlpExporter();
        }

        if (targets.ConnectionString is { } connectionString)
        {
            AzureMonitor.Add(telemetry, connectionString, _configuration);
        }

        var exporters = services.BuildServiceProvider();
        try
        {
            _ = exporters.GetRequiredService<TracerProvider>();
            _ = exporters.GetRequiredService<LoggerProvider>();
            return exporters;
        }
        catch
        {
            exporters.Dispose();
            throw;
        }
    }

    // Application Insights makes its cloud role of the name, and the role's instance of the instance's id.
    private static void Describe(ResourceBuilder resource, IConfiguration configuration) => resource.AddService(
        configuration["OTEL_SERVICE_NAME"] is { Length: > 0 } name ? name : configuration["WEBSITE_SITE_NAME"] is { Length: > 0 } site ? site : "murano",
        serviceVersion: typeof(TelemetryExport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0],
        autoGenerateServiceInstanceId: false,
        serviceInstanceId: configuration["WEBSITE_INSTANCE_ID"] is { Length: > 0 } instance ? instance : RandomNumberGenerator.GetHexString(16, lowercase: true));

    private static partial class Log
    {
        [LoggerMessage(1950, LogLevel.Error, "Telemetry cannot be exported: look at its settings. The app serves without.")]
        public static partial void NotBuilt(ILogger logger, Exception fault);

        [LoggerMessage(1951, LogLevel.Warning, "Not all telemetry could be sent before the app ended.")]
        public static partial void NotFlushed(ILogger logger, Exception fault);
    }
}
