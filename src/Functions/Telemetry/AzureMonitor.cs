using System.Globalization;
using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Extensions.Configuration;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Murano.Functions.Telemetry;

/// <summary>
/// Export to Application Insights by the bare exporters. What their package would add by itself is left out: it calls other addresses (usage of the package, live metrics,
/// the machine's own description), doubles what the platform measures, and drops logs of requests that are not recorded.
/// </summary>
internal static class AzureMonitor
{
    private const int UsualInterval = 60_000; // milliseconds, as OpenTelemetry has it

    // The package tells its maker of its own use, and asks the machine for its description, unless these say no.
    private static readonly string[] NoReports = ["APPLICATIONINSIGHTS_STATSBEAT_DISABLED", "APPLICATIONINSIGHTS_SDKSTATS_DISABLED"];

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Adds it.</summary>
    public static void Add(IOpenTelemetryBuilder telemetry, string connectionString, IConfiguration configuration)
    {
        foreach (var name in NoReports)
        {
            if (Environment.GetEnvironmentVariable(name) is null)
            {
                Environment.SetEnvironmentVariable(name, "true");
            }
        }

        var options = Options(connectionString, ExportTargets.CredentialOf(configuration));
        telemetry
            .WithTracing(traces => traces.AddProcessor(_ => new BatchActivityExportProcessor(new AzureMonitorTraceExporter(options), scheduledDelayMilliseconds: Milliseconds(configuration, "OTEL_BSP_SCHEDULE_DELAY", 5_000))))
            .WithMetrics(metrics => metrics.AddReader(_ => new PeriodicExportingMetricReader(new AzureMonitorMetricExporter(options), Milliseconds(configuration, "OTEL_METRIC_EXPORT_INTERVAL", UsualInterval))
            {
                TemporalityPreference = MetricReaderTemporalityPreference.Delta,
            }))
            .WithLogging(logs => logs.AddProcessor(_ => new BatchLogRecordExportProcessor(new AzureMonitorLogExporter(options), scheduledDelayMilliseconds: Milliseconds(configuration, "OTEL_BLRP_SCHEDULE_DELAY", 5_000))));
    }

    private static AzureMonitorExporterOptions Options(string connectionString, TokenCredential? credential)
    {
        var options = new AzureMonitorExporterOptions
        {
            ConnectionString = connectionString,
            Credential = credential,
            DisableOfflineStorage = true, // an instance's disk goes with it, and what stands on it is to be guarded
            EnableLiveMetrics = false,
            EnablePerformanceCounters = false,
            EnableStandardMetrics = false,
            EnableTraceBasedLogsSampler = false,
        };
        options.Retry.MaxRetries = 1;
        options.Retry.NetworkTimeout = Patience;
        return options;
    }

    private static int Milliseconds(IConfiguration configuration, string name, int usual) =>
        int.TryParse(configuration[name], NumberStyles.None, CultureInfo.InvariantCulture, out var set) && set > 0 ? set : usual;
}
