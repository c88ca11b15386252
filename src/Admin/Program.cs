namespace Murano.Admin;

/// <summary>The program for admins: backup and restore of an installation, export from Murano and import.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        var host = new AdminHost
        {
            Out = Console.Out,
            Error = Console.Error,
            Variables = AdminHost.Fold(Environment.GetEnvironmentVariables()),
            Ask = Console.IsInputRedirected ? null : SecretPrompt.Read,
        };
        return await AdminProgram.RunAsync(arguments, host, CancellationToken.None);
    }
}
