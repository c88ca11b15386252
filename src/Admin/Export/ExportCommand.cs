using System.CommandLine;

namespace Murano.Admin.Export;

/// <summary>The command <c>export</c>.</summary>
internal static class ExportCommand
{
    private const string Murano = "https://bizapi.hosted.exosite.io";

    /// <summary>Makes the command.</summary>
    public static Command Create(AdminHost host)
    {
        var from = new Option<string>("--from") { Description = "Address of the management API.", DefaultValueFactory = _ => Murano };
        var connector = new Option<string>("--connector") { Description = "Id of the connector there.", Required = true };
        var to = new Option<string>("--to") { Description = "The folder; it is made.", Required = true };
        var email = new Option<string?>("--email") { Description = "Log in with this account and the password in MURANO_PASSWORD, in place of the token in MURANO_TOKEN." };
        var page = CommandLimits.Number("--page", "Identities asked for at once.", 500, 1, 5000);
        var parallel = CommandLimits.Number("--parallel", "Requests at once.", 4, 1, 64);
        var command = new Command("export", "Copies a connector of Murano, or of this product, into a folder: settings, resources, identities, tags, values, files. No credentials.") { from, connector, to, email, page, parallel };
        command.SetAction((parsed, cancellationToken) => new ExportRun(host, new ExportOptions(
            parsed.GetValue(from)!, parsed.GetValue(connector)!, parsed.GetValue(to)!, parsed.GetValue(email), parsed.GetValue(page), parsed.GetValue(parallel))).RunAsync(cancellationToken));
        return command;
    }
}
