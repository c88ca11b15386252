using System.CommandLine;
using Murano.Admin.Storage;

namespace Murano.Admin.Restore;

/// <summary>The command <c>restore</c>.</summary>
internal static class RestoreCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(AdminHost host)
    {
        var from = new Option<string>("--from") { Description = "The folder of a backup.", Required = true };
        var (prefix, account) = (Installation.PrefixOption(), Installation.AccountOption());
        var command = new Command("restore", "Brings a backup into an account, or under a prefix, that has nothing yet.") { from, prefix, account };
        command.SetAction((parsed, cancellationToken) =>
            new RestoreRun(host, Installation.Find(host, parsed.GetValue(prefix), parsed.GetValue(account)), parsed.GetValue(from)!).RunAsync(cancellationToken));
        return command;
    }
}
