using System.CommandLine;

namespace Murano.Admin.Import;

/// <summary>The command <c>import</c>.</summary>
internal static class ImportCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create(AdminHost host)
    {
        var from = new Option<string>("--from") { Description = "The folder of an export.", Required = true };
        var to = new Option<string>("--to") { Description = "Address of the app.", Required = true };
        var connector = new Option<string?>("--connector") { Description = "Id of the connector to import into." };
        var create = new Option<string?>("--create") { Description = "Name of a connector to import into; it is made where there is none of this name." };
        var business = new Option<string>("--business") { Description = "Id of the business to make it in.", DefaultValueFactory = _ => "murano" };
        var tokens = new Option<string?>("--tokens") { Description = "Table of your own with the devices' tokens: first line identity,token." };
        var email = new Option<string?>("--email") { Description = "Log in with this name and the password in MURANO_PASSWORD, in place of the secret in MURANO_TOKEN." };
        var overwrite = new Option<bool>("--overwrite") { Description = "Overwrite what the connector has otherwise, credentials too." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Change nothing, and tell what would be done." };
        var parallel = CommandLimits.Number("--parallel", "Requests at once.", 8, 1, 64);
        var command = new Command("import", "Brings an export into a connector of this product. What it has otherwise stays, unless --overwrite.") { from, to, connector, create, business, tokens, email, overwrite, dryRun, parallel };
        command.Validators.Add(result =>
        {
            if ((result.GetResult(connector) is null) == (result.GetResult(create) is null))
            {
                result.AddError("Give --connector or --create, and not both.");
            }
        });
        command.SetAction((parsed, cancellationToken) => new ImportRun(host, new ImportOptions
        {
            From = parsed.GetValue(from)!,
            To = parsed.GetValue(to)!,
            Connector = parsed.GetValue(connector),
            Create = parsed.GetValue(create),
            Business = parsed.GetValue(business)!,
            Tokens = parsed.GetValue(tokens),
            Email = parsed.GetValue(email),
            Overwrite = parsed.GetValue(overwrite),
            DryRun = parsed.GetValue(dryRun),
            Parallel = parsed.GetValue(parallel),
        }).RunAsync(cancellationToken));
        return command;
    }
}
