using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Hosting;

public sealed class StartFailureTests(AzuriteFixture azurite)
{
    private const string Storage = "AzureWebJobsStorage";

    [Fact]
    public async Task A_port_that_is_taken()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port.ToString(CultureInfo.InvariantCulture);

        await FailsAsync($"Port {port} is taken by another program: stop that one, or set LocalHost__HttpPort", (Storage, azurite.ConnectionString), ("LocalHost__HttpPort", port));
        await FailsAsync($"Port {port} is taken by another program: stop that one, or set LocalHost__HttpsPort", (Storage, azurite.ConnectionString), ("LocalHost__HttpsPort", port));
    }

    [Fact]
    public Task A_machine_without_Node() => FailsAsync("Node.js was not found on the PATH: install Node.js 20 or newer", ("PATH", "/usr/lib/none"));

    [Fact]
    public async Task A_file_named_node_that_is_no_program()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["node"], "", TestContext.Current.CancellationToken);

        await FailsAsync("Node.js was not found on the PATH: install Node.js 20 or newer", ("PATH", folder.Path));
    }

    [Fact]
    public Task A_storage_that_is_not_there() => FailsAsync(
        "The storage at AzureWebJobsStorage does not answer",
        (Storage, "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=a2V5;TableEndpoint=http://127.0.0.1:1/a;BlobEndpoint=http://127.0.0.1:1/a"));

    [Fact]
    public Task A_storage_setting_that_is_none() => FailsAsync("AzureWebJobsStorage is not a connection string", (Storage, "garbage"));

    [Fact]
    public Task A_storage_that_refuses_the_key() => FailsAsync(
        "The storage at AzureWebJobsStorage refused a request: 403. Check the connection string.",
        (Storage, azurite.ConnectionString.Replace("AccountKey=", "AccountKey=AAAA", StringComparison.Ordinal)));

    [Fact]
    public Task A_setting_that_is_not_valid() => FailsAsync("Settings are not valid: LocalHost: The field HttpPort must be between 0 and 65535.", ("LocalHost__HttpPort", "99999"));

    [Fact]
    public Task A_setting_of_the_product_that_cannot_be_read() => FailsAsync(
        "Settings are not valid: Failed to convert configuration value 'abc' at 'Devices:CommandGuard'", (Storage, azurite.ConnectionString), ("Devices__CommandGuard", "abc"));

    [Fact]
    public Task A_log_level_that_does_not_exist() => FailsAsync(
        "Settings are not valid: Logging:LogLevel:Default must be Trace, Debug, Information", ("Logging__LogLevel__Default", "loud"));

    private static async Task FailsAsync(string sentence, params (string Name, string? Value)[] settings)
    {
        using var folder = new TemporaryFolder();
        await using var process = RealProcess.Start(folder.Path, settings);

        Assert.Equal(1, await process.ExitAsync());
        Assert.StartsWith(sentence, process.Error, StringComparison.Ordinal);
        Assert.Single(process.Error.Trim().Split('\n'));
        Assert.Empty(process.Output);
        Assert.False(File.Exists(folder["run.json"]));
        await process.NothingLeftAsync();
    }
}
