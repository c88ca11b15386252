using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Murano.Shared.Storage;

namespace Murano.Functions.Warmup;

/// <summary>What an instance that the platform adds does before requests come to it: what its first request would have to wait for otherwise.</summary>
public sealed partial class WarmupFunctions(Setup setup, ILogger<WarmupFunctions> logger)
{
    /// <summary>Opens the connection to storage, with the identity's token, and looks whether it is set up. The platform asks for this name.</summary>
    [Function("Warmup")]
    public async Task RunAsync([WarmupTrigger] object context, CancellationToken cancellationToken)
    {
        try
        {
            await setup.EnsureAsync(cancellationToken);
        }
        catch (StorageUnavailableException fault)
        {
            // The first request will see for itself.
            Log.NoStorage(logger, fault);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1350, LogLevel.Warning, "Storage was not to be had while the instance warmed up.")]
        public static partial void NoStorage(ILogger logger, Exception fault);
    }
}
