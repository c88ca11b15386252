using System.Globalization;
using System.Net;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs.Models;
using Murano.Admin;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.ManagementApi;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Admin;

public sealed class BackupTests(AzuriteFixture azurite, ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Backup => _folder["backup"];

    [Fact]
    public async Task What_is_restored_is_the_same_row_for_row_and_an_app_serves_the_same_devices_from_it()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        var device = await PrepareAsync(app, more: 19);
        var admin = Admin();
        await app.App.App.StopAsync();
        await admin.ExpectAsync(ExitCodes.Done, "backup", "--to", Backup, "--prefix", app.App.App.TablePrefix, "--blobs");
        var prefix = Names.TablePrefix();
        Assert.Contains("check?mend=true", await admin.ExpectAsync(ExitCodes.Done, "restore", "--from", Backup, "--prefix", prefix), StringComparison.Ordinal);
        Assert.Equal(await DumpAsync(app.App.App.TablePrefix), await DumpAsync(prefix));

        await using var restored = await ContentApp.StartAsync(azurite, new TestAppOptions { TablePrefix = prefix });
        Assert.Equal(app.App.Connector, restored.App.Connector);
        var there = SimulatedDevice.With(restored.App.App.Client, SimulatedDevice.HostOf(restored.App.App), device.Identity, device.Token);
        Assert.Equal("setpoint=22", await there.ReadAsync("setpoint"));
        await there.WriteAsync(("temperature", "3"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/provision/download?id=a.txt");
        request.Headers.Add("X-Exosite-CIK", device.Token);
        request.Headers.Host = SimulatedDevice.HostOf(restored.App.App);
        using var file = await restored.App.App.Client.SendAsync(request, Token);
        Assert.Equal("some text", await file.Content.ReadAsStringAsync(Token));

        // The operator's key of the old installation is one of the new.
        using var listed = await restored.App.SendAsync("GET", $"/api:1/service/{restored.App.Connector}/device2/identities/count", null, $"token {app.App.Secret}");
        Assert.Equal("""{"count":20}""", await listed.Content.ReadAsStringAsync(Token));
        Assert.Contains("\"differences\":[]", (await restored.App.CallAsync("POST", "/check?mend=true")).Body, StringComparison.Ordinal);
        Assert.DoesNotContain(device.Token, admin.Printed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_backup_under_way_is_mended_after_the_restore()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/known", "{}");

        // A device that comes after its own table was read, and before what is derived from it.
        var probe = new StorageProbe
        {
            Before = async (_, request) =>
            {
                if (request.Uri.Path.Contains("directory", StringComparison.Ordinal))
                {
                    await app.CallAsync("PUT", "/identity/late", "{}");
                }
            },
        };
        var admin = Admin(probe);
        await admin.ExpectAsync(ExitCodes.Done, "backup", "--to", Backup, "--prefix", app.App.TablePrefix);
        var prefix = Names.TablePrefix();
        probe.Reset();
        await admin.ExpectAsync(ExitCodes.Done, "restore", "--from", Backup, "--prefix", prefix);

        await using var restored = await ManagementApp.StartAsync(azurite, new TestAppOptions { TablePrefix = prefix });
        Assert.Equal(2, (await restored.GetAsync("/identities/count")).GetProperty("count").GetInt32());
        await restored.CallAsync("POST", "/check?mend=true");
        Assert.Contains("\"differences\":[]", (await restored.CallAsync("POST", "/check")).Body, StringComparison.Ordinal);
        Assert.Equal(1, (await restored.GetAsync("/identities/count")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task Broken_off_at_any_request_a_restore_goes_on_and_no_app_starts_before_it_is_complete()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        await PrepareAsync(app);
        await app.App.App.StopAsync();
        var probe = new StorageProbe();
        var admin = Admin(probe);
        await admin.ExpectAsync(ExitCodes.Done, "backup", "--to", Backup, "--prefix", app.App.App.TablePrefix, "--blobs");
        var whole = await DumpAsync(app.App.App.TablePrefix);
        probe.Reset();
        await admin.ExpectAsync(ExitCodes.Done, "restore", "--from", Backup, "--prefix", Names.TablePrefix());
        var requests = probe.Requests.Count;
        output.WriteLine($"{requests} requests");

        // The first ones make tables and the mark, the last ones bring blobs and take the mark away; in between it is one row after the other.
        foreach (var last in Enumerable.Range(1, 14).Concat(Enumerable.Range(requests - 6, 6)).Concat([requests / 2]))
        {
            var prefix = Names.TablePrefix();
            probe.Reset();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
            probe.Before = (number, _) => number >= last ? stop.CancelAsync() : Task.CompletedTask;
            var (code, _) = await admin.RunAsync(stop.Token, "restore", "--from", Backup, "--prefix", prefix);
            Assert.True(code == ExitCodes.Stopped || (code == ExitCodes.Done && last > requests - 4), $"{code} at {last}"); // a container is asked for once or twice
            probe.Reset();
            if (last == requests / 2)
            {
                var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(azurite, new TestAppOptions { TablePrefix = prefix }));
                Assert.Contains("schema version 1000000", fault.Message, StringComparison.Ordinal);
                Assert.Contains("restore of it is not complete", await admin.ExpectAsync(ExitCodes.Refused, "backup", "--to", _folder["other"], "--prefix", prefix), StringComparison.Ordinal);
            }

            await admin.ExpectAsync(ExitCodes.Done, "restore", "--from", Backup, "--prefix", prefix);
            Assert.Equal(whole, await DumpAsync(prefix));
        }
    }

    [Fact]
    public async Task A_large_blob_is_brought_in_parts_and_one_that_is_there_is_not_brought_again()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        var large = new byte[9 * 1024 * 1024];
        Random.Shared.NextBytes(large);
        await app.UploadAsync("large", large);
        await app.UploadAsync("small", "text");
        await app.App.App.StopAsync();
        var probe = new StorageProbe();
        var admin = Admin(probe);
        await admin.ExpectAsync(ExitCodes.Done, "backup", "--to", Backup, "--prefix", app.App.App.TablePrefix, "--blobs");
        var prefix = Names.TablePrefix();
        probe.Reset();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);

        // Stopped where the tables and the first blobs are done and the mark does not say so yet.
        probe.Before = (_, request) => request.Method == RequestMethod.Put && probe.Requests.Any(asked => asked.Contains("comp=blocklist", StringComparison.Ordinal)) && request.Uri.ToString().Contains("schema", StringComparison.OrdinalIgnoreCase) ? stop.CancelAsync() : Task.CompletedTask;
        await admin.RunAsync(stop.Token, "restore", "--from", Backup, "--prefix", prefix);
        Assert.Equal(3, probe.Requests.Count(asked => asked.StartsWith("PUT", StringComparison.Ordinal) && asked.Contains("comp=block&", StringComparison.Ordinal)));
        Assert.True(stop.IsCancellationRequested);
        probe.Reset();
        await admin.ExpectAsync(ExitCodes.Done, "restore", "--from", Backup, "--prefix", prefix);

        Assert.DoesNotContain(probe.Requests, asked => asked.StartsWith("PUT", StringComparison.Ordinal) && !asked.Contains('(', StringComparison.Ordinal) && !asked.Contains("restype=container", StringComparison.Ordinal));
        Assert.Equal(await DumpAsync(app.App.App.TablePrefix), await DumpAsync(prefix));
    }

    [Fact]
    public async Task Only_nothing_is_restored_into_and_only_what_is_whole()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        await PrepareAsync(app);
        var admin = Admin();
        await admin.ExpectAsync(ExitCodes.Done, "backup", "--to", Backup, "--prefix", app.App.App.TablePrefix, "--blobs");
        var before = await DumpAsync(app.App.App.TablePrefix);

        Assert.Contains("A restore goes where nothing is", await admin.ExpectAsync(ExitCodes.Refused, "restore", "--from", Backup, "--prefix", app.App.App.TablePrefix), StringComparison.Ordinal);
        Assert.Equal(before, await DumpAsync(app.App.App.TablePrefix));
        Assert.Contains("Take a new folder for each", await admin.ExpectAsync(ExitCodes.Refused, "backup", "--to", Backup, "--prefix", app.App.App.TablePrefix), StringComparison.Ordinal);
        Assert.Contains("There is no installation", await admin.ExpectAsync(ExitCodes.Refused, "backup", "--to", _folder["none"], "--prefix", Names.TablePrefix()), StringComparison.Ordinal);

        var stray = Names.TablePrefix();
        var table = new TableServiceClient(azurite.ConnectionString).GetTableClient(stray + "todo");
        await table.CreateAsync(Token);
        await table.AddEntityAsync(new TableEntity("00", "x"), Token);
        Assert.Contains("rows in table", await admin.ExpectAsync(ExitCodes.Refused, "restore", "--from", Backup, "--prefix", stray), StringComparison.Ordinal);

        var files = Directory.EnumerateFiles(Backup, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToList();
        Assert.Equal(8 + 1 + 1 + 3, files.Count); // tables, list of blobs, manifest, blobs
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, Token);
            foreach (var damaged in (byte[][])[[.. bytes[..^1]], [.. bytes[..^1], (byte)(bytes[^1] ^ 1)]])
            {
                await File.WriteAllBytesAsync(file, damaged, Token);
                var prefix = Names.TablePrefix();
                await admin.ExpectAsync(ExitCodes.Refused, "restore", "--from", Backup, "--prefix", prefix);
                Assert.Empty(await TablesAsync(prefix));
            }

            File.Delete(file);
            await admin.ExpectAsync(ExitCodes.Refused, "restore", "--from", Backup, "--prefix", Names.TablePrefix());
            await File.WriteAllBytesAsync(file, bytes, Token);
        }

        await admin.ExpectAsync(ExitCodes.Done, "restore", "--from", Backup, "--prefix", Names.TablePrefix());
    }

    [Fact]
    public async Task Many_rows()
    {
        var count = LongRun.Of(300, 20_000);
        await using var app = await ManagementApp.StartAsync(azurite);
        for (var i = 0; i < count; i += 100)
        {
            var rows = string.Join(',', Enumerable.Range(i, 100).Select(number => $$"""{"identity":"d{{number}}","tags":{"site":"s{{number % 10}}"} }"""));
            Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("POST", "/jobs", $$"""{"kind":"import","rows":[{{rows}}]}""")).Status);
        }

        await app.App.StopAsync();
        var (admin, prefix) = (Admin(), Names.TablePrefix());
        var began = TimeProvider.System.GetTimestamp();
        await admin.ExpectAsync(ExitCodes.Done, "backup", "--to", Backup, "--prefix", app.App.TablePrefix);
        var copied = TimeProvider.System.GetElapsedTime(began);
        began = TimeProvider.System.GetTimestamp();
        await admin.ExpectAsync(ExitCodes.Done, "restore", "--from", Backup, "--prefix", prefix);

        var rowsThere = (await DumpRowsAsync(prefix)).Count;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rowsThere} rows: backup {copied.TotalSeconds:F1} s, restore {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s, {new DirectoryInfo(Backup).EnumerateFiles().Sum(file => file.Length)} bytes"));
        Assert.InRange(rowsThere, count * 5, int.MaxValue);
        Assert.Equal(await DumpRowsAsync(app.App.TablePrefix), await DumpRowsAsync(prefix));
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<SimulatedDevice> PrepareAsync(ContentApp app, int more = 2)
    {
        var device = await SimulatedDevice.ActivateAsync(app.App.App, "one ü");
        await device.WriteAsync(("temperature", "21.5"));
        await app.App.OkAsync("PATCH", "/identity/one%20%C3%BC/state", """{"setpoint":22}""");
        await app.App.OkAsync("POST", "/identity/one%20%C3%BC/tag", """{"tags":[{"name":"site","value":"oslo"}]}""");
        var rows = string.Join(',', Enumerable.Range(0, more).Select(i => $$"""{"identity":"d{{i}}"}"""));
        Assert.Equal(HttpStatusCode.OK, (await app.App.CallAsync("POST", "/jobs", $$"""{"kind":"import","rows":[{{rows}}]}""")).Status);
        await app.UploadAsync("a.txt", "some text", "&tags=" + Uri.EscapeDataString("""{"description":"log"}"""));
        await app.UploadAsync("b.txt", "more");
        return device;
    }

    private async Task<IReadOnlyList<string>> TablesAsync(string prefix)
    {
        List<string> names = [];
        await foreach (var table in new TableServiceClient(azurite.ConnectionString).QueryAsync(table => table.Name.CompareTo(prefix) >= 0 && table.Name.CompareTo(prefix + "~") < 0, cancellationToken: Token))
        {
            names.Add(table.Name);
        }

        return names;
    }

    // Every row of every table with the types of its properties, without the prefix.
    private async Task<List<string>> DumpRowsAsync(string prefix)
    {
        using var instance = Instance.Create(azurite.ConnectionString, prefix, TimeProvider.System);
        List<string> all = [];
        foreach (var table in instance.Tables.All)
        {
            await foreach (var row in table.QueryAsync<TableEntity>(cancellationToken: Token))
            {
                var properties = row.Where(pair => pair.Key is not ("odata.etag" or "Timestamp")).OrderBy(pair => pair.Key, StringComparer.Ordinal);
                all.Add($"{table.Name[prefix.Length..]} {string.Join(' ', properties.Select(pair => $"{pair.Key}={(pair.Value is byte[] bytes ? Convert.ToHexString(bytes) : pair.Value)}:{pair.Value.GetType().Name}"))}");
            }
        }

        return all;
    }

    // The rows, and every blob with what is kept beside it.
    private async Task<IReadOnlyList<string>> DumpAsync(string prefix)
    {
        using var instance = Instance.Create(azurite.ConnectionString, prefix, TimeProvider.System);
        var all = await DumpRowsAsync(prefix);
        var containers = instance.Get<Containers>();
        await foreach (var connector in containers.ListAsync(Token))
        {
            await foreach (var blob in containers.Content(connector).GetBlobsAsync(new GetBlobsOptions { Traits = BlobTraits.Metadata }, Token))
            {
                var text = (await containers.Content(connector).GetBlobClient(blob.Name).DownloadContentAsync(Token)).Value.Content.ToString();
                all.Add($"{connector} {blob.Name} {blob.Properties.ContentType} {string.Join(' ', blob.Metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))} {text}");
            }
        }

        return all;
    }

    private AdminCommandLine Admin(StorageProbe? probe = null)
    {
        var admin = new AdminCommandLine { Policies = probe is null ? [] : [probe] };
        admin.Variables["AzureWebJobsStorage"] = azurite.ConnectionString;
        return admin;
    }
}
