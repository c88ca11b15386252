using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;
using Murano.LocalHost.Certificates;
using Murano.LocalHost.Hosting;
using Murano.Shared.Access;

namespace Murano.Integration.Tests.Hosting;

public sealed class DataFolderTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task The_run_file_is_there_while_the_app_is_ready()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["run.json"], "of a run that was killed", TestContext.Current.CancellationToken);

        await using (var app = await StartAsync(folder))
        {
            var content = await File.ReadAllTextAsync(folder["run.json"], TestContext.Current.CancellationToken);
            Assert.Contains($"\"http\": \"http://127.0.0.1:{app.Http.Port}\"", content, StringComparison.Ordinal);
            Assert.Contains($"\"https\": \"https://localhost:{app.Https.Port}\"", content, StringComparison.Ordinal);
            Assert.Contains($"\"pid\": {Environment.ProcessId}", content, StringComparison.Ordinal);
            Assert.Contains("\"storage\": \"DefaultEndpointsProtocol", content, StringComparison.Ordinal);
            Assert.True(folder.IsOwnersAlone("run.json"));
        }

        Assert.False(File.Exists(folder["run.json"]));
    }

    [Fact]
    public async Task A_start_that_fails_leaves_no_run_file_and_no_lock()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["run.json"], "of a run that was killed", TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<LocalHostException>(() => TestApp.StartAsync(azurite, new() { Functions = [typeof(RoutingFunctions)], DataFolder = folder.Path, Storage = "garbage" }));

        Assert.False(File.Exists(folder["run.json"]));
        await using var app = await StartAsync(folder);
    }

    [Fact]
    public async Task A_second_start_on_it_names_the_process_and_what_to_do()
    {
        using var folder = new TemporaryFolder();
        await using var app = await StartAsync(folder);

        var failure = await Assert.ThrowsAsync<LocalHostException>(() => StartAsync(folder));

        Assert.Contains($"is in use by process {Environment.ProcessId}: stop that one first, or set LocalHost__DataFolder", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_operator_s_key_is_kept_for_its_owner_alone()
    {
        using var temporary = new TemporaryFolder();
        using var folder = DataFolder.Open(temporary.Path);
        Assert.Null(folder.ReadOperator());

        folder.WriteOperator(new("name", "secret"));

        Assert.Equal(new OperatorCredential("name", "secret"), folder.ReadOperator());
        Assert.True(temporary.IsOwnersAlone("operator.json"));
    }

    [Fact]
    public async Task Certificates_are_kept_and_their_keys_are_the_owner_s_alone()
    {
        using var folder = new TemporaryFolder();
        var first = await CertificatesAsync(folder);
        var second = await CertificatesAsync(folder);

        Assert.Equal(first, second);
        Assert.True(folder.IsOwnersAlone("ca.key"));
        Assert.True(folder.IsOwnersAlone("server.pem"));
    }

    [Theory]
    [InlineData(300, true, true)]
    [InlineData(370, true, false)]
    [InlineData(3630, false, false)]
    public void Certificates_that_are_about_to_expire_are_renewed(int days, bool keepsCa, bool keepsServer)
    {
        using var temporary = new TemporaryFolder();
        using var folder = DataFolder.Open(temporary.Path);
        var time = new FakeTimeProvider(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
        using var first = new DevelopmentCertificates(folder, time).GetServerCertificate();
        var ca = File.ReadAllText(temporary["ca.pem"]);

        time.Advance(TimeSpan.FromDays(days));
        using var second = new DevelopmentCertificates(folder, time).GetServerCertificate();

        Assert.Equal(keepsCa, string.Equals(ca, File.ReadAllText(temporary["ca.pem"]), StringComparison.Ordinal));
        Assert.Equal(keepsServer, first.Equals(second));
        Assert.True(second.MatchesHostname("anyconnector.m2.localhost") && second.MatchesHostname("localhost") && second.MatchesHostname("127.0.0.1"));
    }

    private async Task<(string Ca, string Server)> CertificatesAsync(TemporaryFolder folder)
    {
        await using var app = await StartAsync(folder);
        using var client = app.CreateHttpsClient();
        await client.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken); // trusts it
        return (await File.ReadAllTextAsync(folder["ca.pem"], TestContext.Current.CancellationToken), await File.ReadAllTextAsync(folder["server.pem"], TestContext.Current.CancellationToken));
    }

    private Task<TestApp> StartAsync(TemporaryFolder folder) =>
        TestApp.StartAsync(azurite, new() { Functions = [typeof(RoutingFunctions)], DataFolder = folder.Path });
}
