using System.CommandLine;
using Azure;
using Azure.Identity;
using Murano.Admin.Backup;
using Murano.Admin.Export;
using Murano.Admin.Import;
using Murano.Admin.Restore;
using Murano.Shared.Storage;

namespace Murano.Admin;

/// <summary>The commands, and how each of them ends.</summary>
internal static class AdminProgram
{
    /// <summary>All commands with their options.</summary>
    /// <param name="host">What they work with.</param>
    public static RootCommand Commands(AdminHost host) => new("Backup and restore of an installation of Murano.Serverless, and the move from Murano to it.")
    {
        ExportCommand.Create(host),
        ImportCommand.Create(host),
        BackupCommand.Create(host),
        RestoreCommand.Create(host),
    };

    /// <summary>Runs a command line.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] arguments, AdminHost host, CancellationToken cancellationToken)
    {
        var parsed = Commands(host).Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors)
            {
                await host.Error.WriteLineAsync(error.Message);
            }

            return ExitCodes.Refused;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { Output = host.Out, Error = host.Error, EnableDefaultExceptionHandler = false }, cancellationToken);
        }
        catch (AdminException end)
        {
            await host.Error.WriteLineAsync(end.Message);
            return end.Code;
        }
        catch (OperationCanceledException)
        {
            await host.Error.WriteLineAsync("Stopped. The same command goes on.");
            return ExitCodes.Stopped;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or UnauthorizedAccessException or StorageUnavailableException or RequestFailedException or AuthenticationFailedException)
        {
            await host.Error.WriteLineAsync($"It broke off: {fault.Message} {fault.InnerException?.Message}".TrimEnd());
            await host.Error.WriteLineAsync("The same command goes on.");
            return ExitCodes.BrokeOff;
        }
    }
}
