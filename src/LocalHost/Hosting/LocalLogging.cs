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
}
