using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Hosting;

/// <summary>The app as Azure starts it: nobody has set storage up, and nothing runs before the first request.</summary>
public sealed class FirstInstanceTests(AzuriteFixture azurite)
{
    private readonly string _secret = "msk_firstkey0000_" + RandomNumberGenerator.GetHexString(64, lowercase: true);
    private readonly string _prefix = Names.TablePrefix();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("azure.1.10/1")]
    public async Task Nothing_is_asked_of_storage_before_a_request_needs_it()
    {
        var probe = new StorageProbe();
        await using var app = await StartAsync(probe);

        using var clock = await app.Client.GetAsync(new Uri("/timestamp", UriKind.Relative), Token);
        using var nobody = await app.Client.GetAsync(new Uri("/nowhere", UriKind.Relative), Token);

        Assert.Equal(HttpStatusCode.OK, clock.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, nobody.StatusCode);
        Assert.Empty(probe.Requests);
    }

    [Fact]
    public async Task The_first_operator_comes_in_with_the_secret_whose_hash_was_deployed_and_devices_can_begin()
    {
        await using var app = await StartAsync();

        var connectors = await ConnectorsAsync(app, _secret);

        var device = await SimulatedDevice.ActivateAsync(app);
        await device.WriteAsync(("temperature", "21.5"));
        Assert.Equal("temperature=21.5", await device.ReadAsync("temperature"));
        Assert.Equal(1, connectors.GetArrayLength());
        Assert.Equal("firstkey0000/admin/admin", string.Join(',', (await GetAsync(app, "/api:1/key")).EnumerateArray().Select(key => $"{key.GetProperty("id")}/{key.GetProperty("name")}/{key.GetProperty("role")}")));
        Assert.DoesNotContain(_secret[17..], app.Log.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_device_may_be_the_first()
    {
        await using var app = await StartAsync();

        var device = await SimulatedDevice.ActivateAsync(app);

        await device.WriteAsync(("temperature", "1"));
        Assert.Equal(1, (await ConnectorsAsync(app, _secret)).GetArrayLength());
    }

    [Fact]
    public async Task Each_later_process_looks_once_by_one_point_read()
    {
        await using (var first = await StartAsync())
        {
            await ConnectorsAsync(first, _secret);
        }

        var probe = new StorageProbe();
        await using var later = await StartAsync(probe);
        await ConnectorsAsync(later, _secret);
        var looks = probe.Requests.Count(IsLook);
        await ConnectorsAsync(later, _secret);

        Assert.Equal(1, looks);
        Assert.Equal(1, probe.Requests.Count(IsLook));
        Assert.DoesNotContain(probe.Requests, request => request.StartsWith("POST /devstoreaccount1/Tables", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Twenty_first_requests_at_two_instances_make_one_connector_and_one_key()
    {
        var apps = (TestApp[])[await StartAsync(), await StartAsync()];

        var lists = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ConnectorsAsync(apps[i % 2], _secret)));

        Assert.Single(lists.Select(list => list.GetRawText()).Distinct(StringComparer.Ordinal));
        Assert.Equal(1, lists[0].GetArrayLength());
        Assert.Equal(1, (await GetAsync(apps[1], "/api:1/key")).GetArrayLength());
        await apps[0].DisposeAsync();
        await apps[1].DisposeAsync();
    }

    [Fact]
    public async Task Without_a_hash_nobody_is_let_in_and_a_later_start_with_one_makes_the_key()
    {
        await using (var app = await StartAsync(hash: ""))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(app, "/api:1/key", _secret)).Status);
            await SimulatedDevice.ActivateAsync(app);
            Assert.Equal(1, app.Log.Lines.Count(line => line.Contains("There is no operator key yet", StringComparison.Ordinal)));
        }

        await using var later = await StartAsync();
        Assert.Equal(1, (await ConnectorsAsync(later, _secret)).GetArrayLength());
    }

    [Fact]
    public async Task A_first_key_that_was_revoked_does_not_come_back()
    {
        await using (var app = await StartAsync())
        {
            using var other = await SendAsync(app, HttpMethod.Post, "/api:1/key", _secret, """{"name":"other","role":"admin"}""");
            var secret = JsonDocument.Parse(await other.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("secret").GetString()!;
            using var revoked = await SendAsync(app, HttpMethod.Delete, "/api:1/key/firstkey0000", secret);
            Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        }

        await using var later = await StartAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await AskAsync(later, "/api:1/key", _secret)).Status);
    }

    [Theory]
    [InlineData(StorageFault.NotAllowed)]
    [InlineData(StorageFault.Busy)]
    [InlineData(StorageFault.Refused)]
    public async Task Storage_that_does_not_let_the_app_in_is_503_and_the_next_request_tries_again(StorageFault fault)
    {
        var probe = new StorageProbe { Interfere = (_, _) => fault };
        await using var app = await StartAsync(probe);

        var refused = await AskAsync(app, "/api:1/key", _secret);
        var (activation, _) = await SimulatedDevice.PostActivationAsync(app.Client, SimulatedDevice.HostOf(app), "sn-1");

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (refused.Status, refused.RetryAfter));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, activation);
        probe.Reset();
        Assert.Equal(1, (await ConnectorsAsync(app, _secret)).GetArrayLength());
    }

    [Fact]
    public async Task A_set_up_that_ended_at_any_request_is_completed_by_the_next_process()
    {
        var reached = true;
        for (var at = 1; reached; at++)
        {
            var probe = new StorageProbe();
            probe.Interfere = (number, _) => number >= at ? StorageFault.Refused : StorageFault.None;
            var prefix = Names.TablePrefix();
            await using (var dying = await StartAsync(probe, prefix: prefix))
            {
                reached = (await AskAsync(dying, "/api:1/key", _secret)).Status != HttpStatusCode.OK;
            }

            await using var next = await StartAsync(prefix: prefix);
            Assert.Equal(1, (await ConnectorsAsync(next, _secret)).GetArrayLength());
            Assert.Equal(1, (await GetAsync(next, "/api:1/key")).GetArrayLength());
            await SimulatedDevice.ActivateAsync(next);
        }
    }

    [Fact]
    public async Task Older_programs_serve_nobody()
    {
        await using (var app = await StartAsync())
        {
            await ConnectorsAsync(app, _secret);
            await app.Services.GetRequiredService<Tables>().Access.UpdateEntityAsync(new TableEntity("schema", "version") { ["Version"] = 99 }, ETag.All, TableUpdateMode.Merge, Token);
        }

        await using var older = await StartAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await AskAsync(older, "/api:1/key", _secret)).Status);
        var (activation, _) = await SimulatedDevice.PostActivationAsync(older.Client, SimulatedDevice.HostOf(older), "sn-1");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, activation);
        Assert.Contains("Storage has schema version 99, this program knows up to 1", older.Log.Text, StringComparison.Ordinal);
    }

    private static bool IsLook(string request) => request.Contains("PartitionKey='schema'", StringComparison.Ordinal);

    private Task<TestApp> StartAsync(StorageProbe? probe = null, string? hash = null, string? prefix = null) => TestApp.StartAsync(azurite, new TestAppOptions
    {
        IsFirstInstance = true,
        TablePrefix = prefix ?? _prefix,
        Policies = probe is null ? [] : [probe],
        Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["Access:FirstKeyHash"] = hash ?? Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(_secret))),
            ["Storage:Retries"] = probe is null ? "2" : "0",
            ["Storage:Timeout"] = "00:00:30",
        },
    });

    private static async Task<JsonElement> ConnectorsAsync(TestApp app, string secret)
    {
        var (status, body, _) = await AskAsync(app, "/api:1/business/murano/solution/", secret);
        Assert.Equal(HttpStatusCode.OK, status);
        return JsonDocument.Parse(body).RootElement;
    }

    private async Task<JsonElement> GetAsync(TestApp app, string path) => JsonDocument.Parse((await AskAsync(app, path, _secret)).Body).RootElement;

    private static async Task<(HttpStatusCode Status, string Body, TimeSpan? RetryAfter)> AskAsync(TestApp app, string path, string secret)
    {
        using var reply = await SendAsync(app, HttpMethod.Get, path, secret);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(Token), reply.Headers.RetryAfter?.Delta);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestApp app, HttpMethod method, string path, string secret, string? json = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("token", secret);
        request.Content = json is null ? null : new StringContent(json, Encoding.UTF8, "application/json");
        return await app.Client.SendAsync(request, Token);
    }
}
