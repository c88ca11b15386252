using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Murano.LocalHost.Routing;

namespace Murano.LocalHost.Warmup;

/// <summary>Runs the warm-up function, as the platform does on an instance that it adds. A failure is logged and nothing else: requests come all the same.</summary>
internal sealed partial class WarmupRunner(FunctionCatalog catalog, IServiceScopeFactory scopes, ILogger<WarmupRunner> logger)
{
    /// <summary>Runs it, if the app has one.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (catalog.Warmup is not { } function)
        {
            return;
        }

        try
        {
            await FunctionCall.RunAsync(scopes, function.Method, parameter => parameter.ParameterType == typeof(CancellationToken) ? cancellationToken : new object());
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(9201, LogLevel.Error, "The warm-up function failed.")]
        public static partial void Failed(ILogger logger, Exception fault);
    }
}
