using Azure;
using Azure.Data.Tables;

namespace Murano.LocalHost.Hosting;

/// <summary>Finds out early, and once, whether the storage that the settings name is there.</summary>
internal static class StorageProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Asks the table service something; any reply will do, what it means is for the set-up to find out.</summary>
    /// <exception cref="LocalHostException">There is no reply, or the setting is no connection string.</exception>
    public static async Task RunAsync(string connectionString, CancellationToken cancellationToken)
    {
        var options = new TableClientOptions { Retry = { MaxRetries = 0, NetworkTimeout = Patience } };
        try
        {
            var tables = new TableServiceClient(connectionString, options);
            await tables.GetTableClient("probe").GetEntityIfExistsAsync<TableEntity>("-", "-", cancellationToken: cancellationToken);
        }
        catch (RequestFailedException answered) when (answered.Status != 0)
        {
            // It is there.
        }
        catch (Exception fault) when (fault is RequestFailedException or TimeoutException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new LocalHostException(Failures.NoStorage(fault.Message), fault);
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new LocalHostException("AzureWebJobsStorage is not a connection string: write UseDevelopmentStorage=true, or one that your storage account shows.", fault);
        }
    }
}
