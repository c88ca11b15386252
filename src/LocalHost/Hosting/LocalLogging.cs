using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;

namespace Murano.LocalHost.Hosting;

/// <summary>Log lines on the console, one line each.</summary>
internal static class LocalLogging
{
    /// <summary>Adds the levels of the settings and, when wanted, the console.</summary>
    public static void Add(ILoggingBuilder logging, IConfiguration configuration, bool toConsole)
    {
        Check(configuration);
        logging.AddConfiguration(configuration.GetSection("Logging"));
        if (toConsole)
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
                console.ColorBehavior = LoggerColorBehavior.Default;
            });
        }
    }

    // The logging library finds out at the first log line, and does not say where the value stands.
    private static void Check(IConfiguration configuration)
    {
        foreach (var (key, value) in configuration.AsEnumerable())
        {
            if (key.StartsWith("Logging:", StringComparison.OrdinalIgnoreCase)
                && key.Contains(":LogLevel:", StringComparison.OrdinalIgnoreCase)
                && !string.IsNullOrEmpty(value)
                && !Enum.TryParse<LogLevel>(value, ignoreCase: true, out _))
            {
                throw new LocalHostException($"Settings are not valid: {key} must be {string.Join(", ", Enum.GetNames<LogLevel>())}.");
            }
        }
    }
}
