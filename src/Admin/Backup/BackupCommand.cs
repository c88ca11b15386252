using System.CommandLine;
using Murano.Admin.Storage;

namespace Murano.Admin.Backup;

/// <summary>The command <c>backup</c>.</summary>
internal static class BackupCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(AdminHost host)
    {
        var to = new Option<string>("--to") { Description = "The folder; it is made.", Required = true };
        var blobs = new Option<bool>("--blobs") { Description = "Also the containers: files, dead letters, jobs." };
        var (prefix, account) = (Installation.PrefixOption(), Installation.AccountOption());
        var command = new Command("backup", "Copies all tables of an installation into a folder. The folder is as secret as the storage account.") { to, prefix, account, blobs };
        command.SetAction((parsed, cancellationToken) =>
            new BackupRun(host, Installation.Find(host, parsed.GetValue(prefix), parsed.GetValue(account)), parsed.GetValue(to)!, parsed.GetValue(blobs)).RunAsync(cancellationToken));
        return command;
    }
}
