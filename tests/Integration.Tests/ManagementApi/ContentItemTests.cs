using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>The content service: looked at, brought, fetched and deleted as the command line does it.</summary>
public sealed class ContentItemTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("b.5/1"), Spec("b.5/2"), Spec("c.5/1")]
    public async Task Files_are_listed_and_described_in_the_literal_forms()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 34, 56, 789, TimeSpan.Zero));
        await using var app = await ContentApp.StartAsync(azurite, new TestAppOptions { Time = time });
        Assert.Equal("[]", await app.CallAsync("GET", "?full=true"));
        Assert.Equal("[]", await app.CallAsync("GET", ""));

        await app.UploadAsync("a.txt", "hello");
        await app.UploadAsync("b/c.txt", "", "&tags=" + Uri.EscapeDataString("""{"a":"1","b":["x","y"]}"""));

        Assert.Equal(
            """[{"type":"text/plain","length":5,"last_modified":"2026-11-23T12:34:56.789Z","id":"a.txt","sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"},{"type":"text/plain","length":0,"last_modified":"2026-11-23T12:34:56.789Z","id":"b/c.txt","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","tags":{"a":"1","b":["x","y"]}}]""",
            await app.CallAsync("GET", "/?full=true"));
        Assert.Equal("""["a.txt","b/c.txt"]""", await app.CallAsync("GET", "/"));
        Assert.Equal("""{"type":"text/plain","length":5,"last_modified":"2026-11-23T12:34:56.789Z","id":"a.txt","sha256":"2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824","tags":{}}""", await app.CallAsync("GET", "/a.txt"));
        Assert.Equal("""{"type":"text/plain","length":0,"last_modified":"2026-11-23T12:34:56.789Z","id":"b/c.txt","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","tags":{"a":"1","b":["x","y"]}}""", await app.CallAsync("GET", "/b%2Fc.txt"));
    }

    [Fact, Spec("b.5/3"), Spec("b.5/4"), Spec("b.5/7")]
    public async Task A_file_goes_up_and_down_in_two_steps_each()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        var bytes = Encoding.UTF8.GetBytes("Grüße");

        var offer = await app.OfferAsync("a.txt", bytes, "&tags=%7B%22k%22%3A%22v%22%7D");
        var start = $"https://{app.App.App.Https.Authority}/api:1/service/{app.App.Connector}/content/signed/a.txt?expires=";
        Assert.Equal("url,method,enctype,inputs,field,id", string.Join(',', offer.EnumerateObject().Select(property => property.Name)));
        Assert.StartsWith(start, offer.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            $$$"""POST multipart/form-data {"type":"text/plain","sha256":"{{{ContentApp.Sha256(bytes)}}}","tags":"{\"k\":\"v\"}"} file a.txt""",
            $"{offer.GetProperty("method")} {offer.GetProperty("enctype")} {offer.GetProperty("inputs").GetRawText()} {offer.GetProperty("field")} {offer.GetProperty("id")}");
        Assert.Equal((HttpStatusCode.NoContent, ""), await app.PostAsync(offer, bytes));

        var download = await app.JsonAsync("GET", "/a.txt/download");
        Assert.Equal("url,method,id", string.Join(',', download.EnumerateObject().Select(property => property.Name)));
        Assert.Equal("GET a.txt", $"{download.GetProperty("method")} {download.GetProperty("id")}");
        var url = download.GetProperty("url").GetString()!;
        Assert.StartsWith(start, url, StringComparison.Ordinal);
        using var reply = await app.FetchAsync(url);
        Assert.Equal(bytes, await reply.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(("text/plain", $"\"{ContentApp.Sha256(bytes)}\""), (reply.Content.Headers.ContentType!.ToString(), reply.Headers.ETag!.Tag));
        Assert.Equal("attachment; filename=a.txt; filename*=UTF-8''a.txt", reply.Content.Headers.ContentDisposition!.ToString());
        Assert.Equal(("nosniff", "sandbox"), (Assert.Single(reply.Headers.GetValues("X-Content-Type-Options")), Assert.Single(reply.Headers.GetValues("Content-Security-Policy"))));
    }

    [Fact]
    public async Task A_download_takes_ranges_and_conditions()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        await app.UploadAsync("a", "0123456789");
        var url = await app.AddressAsync("a");

        Assert.Equal((206, "234", "bytes 2-4/10"), await GetAsync("Range", "bytes=2-4"));
        Assert.Equal((206, "89", "bytes 8-9/10"), await GetAsync("Range", "bytes=-2"));
        Assert.Equal((416, "", "bytes */10"), await GetAsync("Range", "bytes=10-"));
        Assert.Equal((304, "", null), await GetAsync("If-None-Match", $"\"{ContentApp.Sha256("0123456789"u8.ToArray())}\""));
        await app.CallAsync("DELETE", "/a");
        using var gone = await app.FetchAsync(url);
        Assert.Equal("unknown-content", Reason(await gone.Content.ReadAsStringAsync(Token)));

        async Task<(int, string, string?)> GetAsync(string header, string value)
        {
            using var reply = await app.FetchAsync(url, header, value);
            return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(Token), reply.Content.Headers.ContentRange?.ToString());
        }
    }

    [Fact, Spec("b.5/5"), Spec("b.5/6")]
    public async Task Files_are_deleted_one_by_one_or_all()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(app.App.App, "sn-1");
        await BringAsync(app, device, "log");
        foreach (var id in (string[])["a", "b", "c/1", "c/2"])
        {
            await app.UploadAsync(id, id);
        }

        Assert.Equal("""{"id":"a"}""", await app.CallAsync("DELETE", "/a"));
        Assert.Equal("""[{"id":"c/1"},{"id":"c/2"}]""", await app.CallAsync("DELETE", "?prefix=c%2F"));
        await app.CallAsync("DELETE", "?tags=x", HttpStatusCode.BadRequest);
        Assert.Equal("""["device2/sn-1/log","b"]""", await app.CallAsync("GET", ""));
        Assert.Equal("""[{"id":"device2/sn-1/log"},{"id":"b"}]""", await app.CallAsync("DELETE", ""));
        Assert.Equal("[]", await app.CallAsync("DELETE", ""));
        Assert.Equal("[]", await app.CallAsync("GET", ""));
    }

    [Fact, Spec("b.5/7"), Spec("c.5/2")]
    public async Task An_unknown_file_is_a_404_in_both_forms_of_errors()
    {
        await using var app = await ContentApp.StartAsync(azurite);

        foreach (var (method, path) in ((string, string)[])[("GET", "/x"), ("GET", "/x/download"), ("DELETE", "/x"), ("GET", "/device2%2Fsn-1%2Fx"), ("GET", "/device2"), ("GET", "/device2%2F"), ("GET", "/%01")])
        {
            var error = await app.JsonAsync(method, path, HttpStatusCode.NotFound);
            Assert.Equal(
                ("There is no such file.", 404, "unknown-content", "unknown-content"),
                (error.GetProperty("message").GetString(), error.GetProperty("code").GetInt32(), error.GetProperty("type").GetString(), error.GetProperty("reason").GetString()));
        }

        await app.CallAsync("GET", "/a/b", HttpStatusCode.NotFound); // slashes of an id are escaped
    }

    [Fact]
    public async Task Any_id_that_can_be_goes_up_down_and_away()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        string[] ids = ["a b", "a+b", "ü/€/🦆", "a?b#c", "a&b=c", "100%", "a/upload", "upload", "download", "-", "a..b", "a'b\"c", "item!x!", new string('x', 700)];
        foreach (var id in ids)
        {
            await app.UploadAsync(id, id);
        }

        foreach (var id in ids)
        {
            Assert.Equal(id, (await app.JsonAsync("GET", $"/{Uri.EscapeDataString(id)}")).GetProperty("id").GetString());
            Assert.Equal(id, await app.DownloadAsync(id));
            await app.CallAsync("DELETE", $"/{Uri.EscapeDataString(id)}");
        }

        Assert.Equal("[]", await app.CallAsync("GET", ""));
        foreach (var bad in (string[])["a%01", "..%2Fa", new string('x', 701), "device2%2Fx", "device2%2Fsn-1%2Fx"])
        {
            var error = await app.JsonAsync("GET", $"/{bad}/upload?sha256={new string('0', 64)}", HttpStatusCode.BadRequest);
            Assert.True(error.GetProperty("reason").GetString() is "bad-content-id" or "device-file", bad);
        }
    }

    [Fact]
    public async Task Prefix_and_tags_choose_and_pages_hold_all()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        var (one, other) = (await SimulatedDevice.ActivateAsync(app.App.App, "sn-1"), await SimulatedDevice.ActivateAsync(app.App.App, "sn/2"));
        await BringAsync(app, one, "log");
        await BringAsync(app, other, "log");
        await app.UploadAsync("a", "1", Tags("""{"kind":"x"}"""));
        await app.UploadAsync("ab", "1", Tags("""{"kind":["x","y"],"n":"1"}"""));
        await app.UploadAsync("b", "1");

        Assert.Equal("""["device2/sn*2F2/log","device2/sn-1/log"]""", await app.CallAsync("GET", "?prefix=device2"));
        Assert.Equal("""["device2/sn-1/log"]""", await app.CallAsync("GET", "?prefix=device2%2Fsn-1"));
        Assert.Equal("""["device2/sn*2F2/log"]""", await app.CallAsync("GET", "?prefix=device2%2Fsn*2F2%2Fl"));
        Assert.Equal("""["a","ab"]""", await app.CallAsync("GET", "?prefix=a"));
        Assert.Equal("""["a","ab"]""", await app.CallAsync("GET", "?" + Tags("""{"kind":"x"}""")));
        Assert.Equal("""["ab"]""", await app.CallAsync("GET", "?" + Tags("""{"kind":["x","y"]}""")));
        Assert.Equal("[]", await app.CallAsync("GET", "?" + Tags("""{"kind":"x","m":"1"}""")));

        List<string> seen = [];
        for (var cursor = ""; ;)
        {
            var page = await app.JsonAsync("GET", $"?limit=2&cursor={cursor}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(id => id.GetString()!));
            if (page.GetProperty("cursor").GetString() is not { } next)
            {
                break;
            }

            cursor = Uri.EscapeDataString(next);
        }

        Assert.Equal(["device2/sn*2F2/log", "device2/sn-1/log", "a", "ab", "b"], seen);
        foreach (var bad in (string[])["limit=0", "limit=x", "cursor=%21", "tags=%5B%5D", "tags=%7B%22a%22%3A1%7D"])
        {
            await app.CallAsync("GET", "?" + bad, HttpStatusCode.BadRequest);
        }

        static string Tags(string json) => "&tags=" + Uri.EscapeDataString(json);
    }

    [Fact]
    public async Task A_device_fetches_what_an_operator_brought_and_an_operator_what_a_device_brought()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(app.App.App, "sn-1");
        await BringAsync(app, device, "log");
        await app.UploadAsync("fw.bin", "firmware", "&tags=" + Uri.EscapeDataString("""{"description":"New one"}"""));

        Assert.Equal("fw.bin\r\ndevice2/sn-1/log", await FetchAsync(""));
        Assert.Equal("firmware", await FetchAsync("?id=fw.bin"));
        Assert.StartsWith("text/plain,8,", await FetchAsync("?id=fw.bin&info=true"), StringComparison.Ordinal);
        Assert.EndsWith(",New one", await FetchAsync("?id=fw.bin&info=true"), StringComparison.Ordinal);
        Assert.Equal("log of sn-1", await app.DownloadAsync("device2/sn-1/log"));

        async Task<string> FetchAsync(string query)
        {
            using var request = DeviceRequest(app, device, HttpMethod.Get, "download" + query);
            using var reply = await app.App.App.Client.SendAsync(request, Token);
            return await reply.Content.ReadAsStringAsync(Token);
        }
    }

    [Fact]
    public async Task Each_change_is_noted_when_it_is_done()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        var offer = await app.OfferAsync("a/b", "x"u8.ToArray());
        Assert.Empty(await NotedAsync());
        Assert.Equal(HttpStatusCode.NoContent, (await app.PostAsync(offer, "x"u8.ToArray())).Status);
        await app.DownloadAsync("a/b");
        await app.CallAsync("DELETE", "/a%2Fb");
        await app.CallAsync("DELETE", "");

        var path = $"/api:1/service/{app.App.Connector}/content";
        Assert.Equal(
            [$"Management_Content_Clear DELETE {path}/item 200", $"Management_Content_Delete DELETE {path}/item/a%2Fb 200", $"Management_Content_Signed_Post POST {path}/signed/a%2Fb 204"],
            await NotedAsync());
        var signature = offer.GetProperty("url").GetString()!.Split("signature=")[1];
        Assert.DoesNotContain(app.App.App.Log.Lines, line => line.Contains(signature, StringComparison.Ordinal));

        async Task<string[]> NotedAsync()
        {
            using var reply = await app.App.SendAsync("GET", "/api:1/audit", null, $"token {app.App.Secret}");
            var items = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Token)).GetProperty("items").EnumerateArray().ToArray();
            Assert.All(items, item => Assert.Equal((app.App.Secret[4..16], app.App.Connector), (item.GetProperty("key").GetString(), item.GetProperty("connector").GetString())));
            return [.. items.Select(item => $"{item.GetProperty("action")} {item.GetProperty("method")} {item.GetProperty("target")} {item.GetProperty("status")}")];
        }
    }

    private static string? Reason(string body) => JsonSerializer.Deserialize<JsonElement>(body).GetProperty("reason").GetString();

    private static async Task BringAsync(ContentApp app, SimulatedDevice device, string name)
    {
        using var request = DeviceRequest(app, device, HttpMethod.Put, $"upload?id={name}");
        request.Content = new StringContent($"{name} of {device.Identity}");
        using var reply = await app.App.App.Client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }

    private static HttpRequestMessage DeviceRequest(ContentApp app, SimulatedDevice device, HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri("/provision/" + path, UriKind.Relative));
        request.Headers.Host = SimulatedDevice.HostOf(app.App.App);
        request.Headers.Add("X-Exosite-CIK", device.Token);
        return request;
    }
}
