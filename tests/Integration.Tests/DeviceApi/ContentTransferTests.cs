using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using Azure.Core;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>Large files and clients that go away, over real sockets.</summary>
public sealed class ContentTransferTests(AzuriteFixture azurite)
{
    private const int Large = 60 * 1024 * 1024;
    private const int Limit = 64 * 1024 * 1024;
    private const long MostGrowth = 100 * 1024 * 1024;

    private static int Parallel => LongRun.Of(2, 16);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("a.6/3"), Spec("a.6/8")]
    public async Task Large_files_go_up_and_come_down_at_once_in_flat_memory()
    {
        using var folder = new TemporaryFolder();
        await using var process = RealProcess.Start(folder.Path);
        var run = await process.ReadyAsync();
        using var client = new HttpClient { BaseAddress = new Uri(run.Http), Timeout = TimeSpan.FromMinutes(10) };
        var devices = await Task.WhenAll(Enumerable.Range(0, Parallel).Select(_ => SimulatedDevice.ActivateAsync(client, run.Fqdn!)));
        var bytes = RandomNumberGenerator.GetBytes(Large);
        var sha256 = Convert.ToHexString(SHA256.HashData(bytes));

        // What the runtime takes once, for code and connections, is no matter of the files' size.
        await Task.WhenAll(devices.Select(device => UploadAsync(client, run.Fqdn!, device, bytes.AsMemory(0, 100_000))));
        await Task.WhenAll(devices.Select(device => DownloadAsync(client, run.Fqdn!, device)));
        var before = Memory(process.Id, "VmRSS");
        await File.WriteAllTextAsync($"/proc/{process.Id}/clear_refs", "5", Token); // the peak begins anew

        await Task.WhenAll(devices.Select(device => UploadAsync(client, run.Fqdn!, device, bytes)));
        var received = await Task.WhenAll(devices.Select(device => DownloadAsync(client, run.Fqdn!, device)));

        var most = Memory(process.Id, "VmHWM");
        Assert.All(received, hash => Assert.Equal(sha256, hash));
        Assert.True(most - before < MostGrowth, FormattableString.Invariant($"It had {before >> 20} MB, and then {most >> 20} MB."));
    }

    [Theory, Spec("a.11/2"), Spec("a.11/7"), Spec("azure.1.3/1")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_of_64_MiB_is_refused_after_it_was_sent_and_the_connection_goes_on(bool chunked)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(app);
        await using var connection = await RawHttp.ConnectAsync(app.Http);

        await connection.SendAsync(Head(app, device, "PUT /provision/upload?id=a") + (chunked ? "Transfer-Encoding: chunked\r\n\r\n" : $"Content-Length: {Limit}\r\n\r\n"));
        var piece = new byte[1024 * 1024];
        for (var i = 0; i < Limit / piece.Length; i++)
        {
            if (chunked)
            {
                await connection.SendAsync($"{piece.Length:x}\r\n");
            }

            await connection.SendAsync(piece);
            if (chunked)
            {
                await connection.SendAsync("\r\n");
            }
        }

        await connection.SendAsync(chunked ? "0\r\n\r\n" : "");
        var reply = await connection.ReadReplyAsync();

        Assert.Equal((413, "A file has less than 67108864 bytes."), (reply.Status, reply.Text));
        await connection.SendAsync(Head(app, device, "GET /provision/download") + "\r\n");
        Assert.Equal(204, (await connection.ReadReplyAsync()).Status);
    }

    [Fact, Spec("a.11/2")]
    public async Task A_small_body_that_unpacks_to_64_MiB_is_refused()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(app);
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(new byte[Limit], Token);
        }

        using var request = Request(HttpMethod.Put, SimulatedDevice.HostOf(app), device, "upload?id=a");
        request.Content = new ByteArrayContent(packed.ToArray()) { Headers = { ContentEncoding = { "gzip" } } };
        using var reply = await app.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, reply.StatusCode);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(5_000_000)]
    public async Task A_client_that_goes_in_the_middle_of_an_upload_leaves_the_old_file(int sent)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(app);
        await UploadAsync(app.Client, SimulatedDevice.HostOf(app), device, "old"u8.ToArray());
        var old = await DownloadAsync(app.Client, SimulatedDevice.HostOf(app), device);
        await using (var connection = await RawHttp.ConnectAsync(app.Http))
        {
            await connection.SendAsync(Head(app, device, "PUT /provision/upload?id=file") + "Content-Length: 9000000\r\nExpect: 100-continue\r\n\r\n");
            Assert.Equal(100, (await connection.ReadReplyAsync(bodiless: true)).Status); // the body is being read: a reset may overtake a request that is not
            await connection.SendAsync(new byte[sent]);
            connection.Reset();
        }

        await Eventually.TrueAsync(() => app.Log.Lines.Any(line => line.Contains("incomplete-body", StringComparison.Ordinal)), "The body is found to be incomplete.");
        Assert.Equal(old, await DownloadAsync(app.Client, SimulatedDevice.HostOf(app), device));
        Assert.DoesNotContain(app.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_client_that_goes_in_the_middle_of_a_download_is_no_error()
    {
        await using var app = await TestApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(app);
        await UploadAsync(app.Client, SimulatedDevice.HostOf(app), device, new byte[Large]);
        await using (var connection = await RawHttp.ConnectAsync(app.Http))
        {
            await connection.SendAsync(Head(app, device, $"GET /provision/download?id=device2/{device.Identity}/file") + "\r\n");
            connection.Reset();
        }

        await device.WriteAsync(("temperature", "1"));
        Assert.DoesNotContain(app.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task More_uploads_at_once_than_the_limit_are_to_come_again()
    {
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions
        {
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Devices:MaxUploads"] = "1" },
        });
        var device = await SimulatedDevice.ActivateAsync(app);
        await using var slow = await RawHttp.ConnectAsync(app.Http);
        await slow.SendAsync(Head(app, device, "PUT /provision/upload?id=slow") + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
        Assert.Equal(100, (await slow.ReadReplyAsync(bodiless: true)).Status);

        using (var refused = await PutAsync())
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await slow.SendAsync("abc");
        Assert.Equal(204, (await slow.ReadReplyAsync()).Status);
        using var again = await PutAsync();
        Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);

        async Task<HttpResponseMessage> PutAsync()
        {
            using var request = Request(HttpMethod.Put, SimulatedDevice.HostOf(app), device, "upload?id=a");
            request.Content = new ByteArrayContent(new byte[10]);
            return await app.Client.SendAsync(request, Token);
        }
    }

    /// <param name="forGood">Whether each further try breaks off as well, or storage goes on where it broke off.</param>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_download_that_storage_breaks_off_goes_on_or_ends_with_the_connection(bool forGood)
    {
        var probe = new StorageProbe();
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions { Policies = [probe] });
        var device = await SimulatedDevice.ActivateAsync(app);
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        await UploadAsync(app.Client, SimulatedDevice.HostOf(app), device, bytes);
        var cuts = 0;
        probe.Interfere = (_, request) => request.Method == RequestMethod.Get && request.Uri.ToString().Contains("-content-", StringComparison.Ordinal) && (forGood || cuts == 0) && cuts++ >= 0
            ? StorageFault.CutBody
            : StorageFault.None;

        await using var connection = await RawHttp.ConnectAsync(app.Http);
        await connection.SendAsync(Head(app, device, $"GET /provision/download?id=device2/{device.Identity}/file") + "\r\n");
        if (!forGood)
        {
            var reply = await connection.ReadReplyAsync();
            Assert.Equal((200, Convert.ToHexString(SHA256.HashData(bytes)), 1), (reply.Status, Convert.ToHexString(SHA256.HashData(reply.Body)), cuts));
            return;
        }

        var received = await connection.ReadToEndAsync();
        var text = System.Text.Encoding.Latin1.GetString(received);
        Assert.StartsWith("HTTP/1.1 200 ", text, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 3000000\r\n", text, StringComparison.Ordinal);
        Assert.InRange(received.Length, 1000, 2_999_999);
        Assert.Contains(app.Log.Lines, line => line.Contains("was broken off, because storage broke off", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Storage_that_is_not_there_is_a_503_after_the_body()
    {
        var probe = new StorageProbe();
        await using var app = await TestApp.StartAsync(azurite, new TestAppOptions { Policies = [probe] });
        var device = await SimulatedDevice.ActivateAsync(app);
        probe.Interfere = (_, request) => request.Uri.ToString().Contains("-content-", StringComparison.Ordinal) ? StorageFault.Busy : StorageFault.None;

        using var request = Request(HttpMethod.Put, SimulatedDevice.HostOf(app), device, "upload?id=a");
        request.Content = new ByteArrayContent(new byte[10_000_000]);
        using var up = await app.Client.SendAsync(request, Token);
        using var get = Request(HttpMethod.Get, SimulatedDevice.HostOf(app), device, "download?id=a");
        using var down = await app.Client.SendAsync(get, Token);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (up.StatusCode, down.StatusCode));
        Assert.NotNull(up.Headers.RetryAfter);
        Assert.NotNull(down.Headers.RetryAfter);
    }

    private static string Head(TestApp app, SimulatedDevice device, string line) => $"{line} HTTP/1.1\r\nHost: {SimulatedDevice.HostOf(app)}\r\nX-Exosite-CIK: {device.Token}\r\n";

    private static HttpRequestMessage Request(HttpMethod method, string host, SimulatedDevice device, string address)
    {
        var request = new HttpRequestMessage(method, new Uri("/provision/" + address, UriKind.Relative));
        request.Headers.Host = host;
        request.Headers.Add("X-Exosite-CIK", device.Token);
        return request;
    }

    private static async Task UploadAsync(HttpClient client, string host, SimulatedDevice device, ReadOnlyMemory<byte> bytes)
    {
        using var request = Request(HttpMethod.Put, host, device, "upload?id=file");
        request.Content = new ReadOnlyMemoryContent(bytes);
        using var reply = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }

    // SHA-256 of what comes.
    private static async Task<string> DownloadAsync(HttpClient client, string host, SimulatedDevice device)
    {
        using var request = Request(HttpMethod.Get, host, device, $"download?id=device2/{device.Identity}/file");
        using var reply = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, reply.StatusCode);
        Assert.NotEqual(true, reply.Headers.TransferEncodingChunked);
        return Convert.ToHexString(await SHA256.HashDataAsync(await reply.Content.ReadAsStreamAsync(Token), Token));
    }

    // Of the process itself: the emulator is another one. In bytes.
    private static long Memory(int pid, string name)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(text => text.StartsWith(name + ":", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
