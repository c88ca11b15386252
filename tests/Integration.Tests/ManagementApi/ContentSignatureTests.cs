using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>Signed addresses: what was changed, has run out, or whose key has ended opens nothing, and no upload that goes wrong touches the old file.</summary>
public sealed class ContentSignatureTests(AzuriteFixture azurite)
{
    private static readonly byte[] Bytes = Encoding.ASCII.GetBytes("new");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("b.5/3")]
    public async Task Bytes_of_another_hash_leave_the_old_file()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        await app.UploadAsync("a", "old");

        await RefusedAsync(400, "wrong-sha256", app.PostAsync(await app.OfferAsync("a", Bytes), "other"u8.ToArray()));
        await RefusedAsync(400, "wrong-sha256", app.PostAsync(await app.OfferAsync("a", Bytes), new byte[3_000_000]));

        Assert.Equal("old", await app.DownloadAsync("a"));
        Assert.Equal((HttpStatusCode.NoContent, ""), await app.PostAsync(await app.OfferAsync("a", Bytes), Bytes));
        Assert.Equal("new", await app.DownloadAsync("a"));
    }

    [Fact]
    public async Task Whatever_is_changed_of_an_upload_is_refused()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        await app.UploadAsync("a", "old");
        var offer = await app.OfferAsync("a", Bytes, "&tags=%7B%22k%22%3A%22v%22%7D");
        var (url, inputs) = (offer.GetProperty("url").GetString()!, offer.GetProperty("inputs").EnumerateObject().ToDictionary(input => input.Name, input => input.Value.GetString()!, StringComparer.Ordinal));

        await RefusedAsync(403, "bad-signature", SendAsync(url, Without("sha256")));
        await RefusedAsync(403, "bad-signature", SendAsync(url, Without("tags")));
        await RefusedAsync(403, "bad-signature", SendAsync(url, Without("type")));
        await RefusedAsync(403, "bad-signature", SendAsync(url, With("type", "text/html")));
        await RefusedAsync(403, "bad-signature", SendAsync(url, With("sha256", new string('0', 64))));
        await RefusedAsync(403, "bad-signature", SendAsync(url, With("tags", "{}")));
        await RefusedAsync(403, "bad-signature", SendAsync(url.Replace("/signed/a?", "/signed/b?", StringComparison.Ordinal), inputs));
        await RefusedAsync(403, "bad-signature", SendAsync(url.Replace("expires=", "expires=9", StringComparison.Ordinal), inputs));
        await RefusedAsync(403, "bad-signature", SendAsync(url[..^1] + (url[^1] == 'A' ? 'B' : 'A'), inputs));
        await RefusedAsync(403, "bad-signature", SendAsync(url + "AAAA", inputs));
        await RefusedAsync(403, "bad-signature", SendAsync(url.Split('?')[0], inputs));
        await RefusedAsync(403, "bad-signature", SendAsync(url.Replace($"/{app.App.Connector}/", "/u1rnqm3kgg2u80000/", StringComparison.Ordinal), inputs));

        // The address of an upload is none of a download, nor the other way about.
        using var got = await app.FetchAsync(url);
        await RefusedAsync(403, "bad-signature", Task.FromResult((got.StatusCode, await got.Content.ReadAsStringAsync(Token))));
        await RefusedAsync(403, "bad-signature", SendAsync(await app.AddressAsync("a"), new Dictionary<string, string>(StringComparer.Ordinal)));

        Assert.Equal("""["a"]""", await app.CallAsync("GET", ""));
        Assert.Equal("old", await app.DownloadAsync("a"));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(url, inputs)).Status);
        Assert.Equal("new", await app.DownloadAsync("a"));

        Dictionary<string, string> Without(string name) => inputs.Where(input => !string.Equals(input.Key, name, StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);

        Dictionary<string, string> With(string name, string value) => new(inputs, StringComparer.Ordinal) { [name] = value };

        async Task<(HttpStatusCode Status, string Body)> SendAsync(string address, Dictionary<string, string> sent)
        {
            using var form = new MultipartFormDataContent();
            foreach (var (name, value) in sent)
            {
                form.Add(new StringContent(value), name);
            }

            form.Add(new ByteArrayContent(Bytes), "file", "x");
            return await app.SendAsync(address, form);
        }
    }

    [Fact]
    public async Task A_form_that_is_none_is_refused_and_leaves_the_old_file()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        await app.UploadAsync("a", "old");
        var offer = await app.OfferAsync("a", Bytes);
        var url = offer.GetProperty("url").GetString()!;
        const string Part = "--b\r\nContent-Disposition: form-data; name=";
        var hash = ContentApp.Sha256(Bytes);
        var inputs = $"{Part}\"type\"\r\n\r\ntext/plain\r\n{Part}sha256\r\n\r\n{hash}\r\n";

        await RefusedAsync(400, "bad-form", SendAsync("", "multipart/form-data; boundary=b"));
        await RefusedAsync(400, "bad-form", SendAsync("x", "multipart/form-data; boundary=b"));
        await RefusedAsync(400, "bad-form", SendAsync("x", "multipart/form-data"));
        await RefusedAsync(400, "bad-form", SendAsync("new", "text/plain"));
        await RefusedAsync(400, "bad-form", SendAsync("new", null));
        await RefusedAsync(400, "bad-form", SendAsync(inputs + "--b--\r\n", "multipart/form-data; boundary=b"));
        await RefusedAsync(400, "bad-form", SendAsync($"{inputs}{Part}\"file\"\r\n\r\nnew", "multipart/form-data; boundary=b"));
        await RefusedAsync(400, "bad-form", SendAsync($"{Part}type\r\n\r\n{new string('x', 20_000)}\r\n{inputs}{Part}file\r\n\r\nnew\r\n--b--", "multipart/form-data; boundary=b"));
        await RefusedAsync(400, "bad-form", SendAsync(string.Concat(Enumerable.Range(0, 30).Select(i => $"{Part}i{i}\r\n\r\nx\r\n")) + $"{Part}file\r\n\r\nnew\r\n--b--", "multipart/form-data; boundary=b"));
        await RefusedAsync(400, "bad-form", SendAsync("--b\r\nX: y\r\n\r\nx\r\n--b--", "multipart/form-data; boundary=b"));
        await RefusedAsync(403, "bad-signature", SendAsync($"{Part}file\r\n\r\nnew\r\n{inputs}--b--", "multipart/form-data; boundary=b"));

        Assert.Equal("old", await app.DownloadAsync("a"));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync($"preamble\r\n{inputs}{Part}\"file\"; filename=\"ü\"\r\nContent-Type: x/y\r\n\r\nnew\r\n--b--\r\nepilogue", "multipart/form-data; boundary=\"b\"")).Status);
        Assert.Equal("new", await app.DownloadAsync("a"));
        Assert.DoesNotContain(app.App.App.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));

        async Task<(HttpStatusCode Status, string Body)> SendAsync(string body, string? type)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (type is not null)
            {
                content.Headers.TryAddWithoutValidation("Content-Type", type);
            }

            return await app.SendAsync(url, content);
        }
    }

    [Fact, Spec("b.5/7")]
    public async Task An_address_holds_for_its_time_and_no_longer()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ContentApp.StartAsync(azurite, new TestAppOptions { Time = time });
        var offer = await app.OfferAsync("a", Bytes);
        time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((HttpStatusCode.NoContent, ""), await app.PostAsync(offer, Bytes));
        var url = (await app.JsonAsync("GET", "/a/download?expires_in=2")).GetProperty("url").GetString()!;
        using (var early = await app.FetchAsync(url))
        {
            Assert.Equal(HttpStatusCode.OK, early.StatusCode);
        }

        time.Advance(TimeSpan.FromSeconds(3));

        using var late = await app.FetchAsync(url);
        await RefusedAsync(403, "expired-address", Task.FromResult((late.StatusCode, await late.Content.ReadAsStringAsync(Token))));
        await RefusedAsync(403, "expired-address", app.PostAsync(offer, Bytes));
        foreach (var bad in (string[])["0", "3601", "-1", "x", "99999999999"])
        {
            await app.CallAsync("GET", $"/a/download?expires_in={bad}", HttpStatusCode.BadRequest);
            await app.CallAsync("GET", $"/a/upload?expires_in={bad}", HttpStatusCode.BadRequest);
        }

        foreach (var bad in (string[])["sha256=x", $"sha256={new string('g', 64)}", "type=x", "tags=x", "tags=" + Uri.EscapeDataString($$"""{"a":"{{new string('x', 5000)}}"}""")])
        {
            await app.CallAsync("GET", $"/a/upload?{bad}", HttpStatusCode.BadRequest);
        }
    }

    [Fact]
    public async Task An_address_ends_with_the_key_that_asked_for_it()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ContentApp.StartAsync(azurite, new TestAppOptions { Time = time });
        var secret = (await app.App.Keys.CreateAsync("o", OperatorRole.Operator, null, null, Token).Ok()).Secret;
        await app.UploadAsync("a", "old");
        var offer = await app.OfferAsync("a", Bytes, secret: secret);
        var url = (await app.JsonAsync("GET", "/a/download", secret: secret)).GetProperty("url").GetString()!;

        Assert.True(OperatorSecret.TryParse(secret, out var parsed));
        await app.App.Keys.RevokeAsync(parsed.Id, Token);

        await RefusedAsync(401, "unknown-key", app.PostAsync(offer, Bytes));
        using var reply = await app.FetchAsync(url);
        await RefusedAsync(401, "unknown-key", Task.FromResult((reply.StatusCode, await reply.Content.ReadAsStringAsync(Token))));
        Assert.Equal("old", await app.DownloadAsync("a"));
    }

    [Fact]
    public async Task Instances_share_one_key_whoever_makes_it()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var lost = false;
        fleet.One.Probe.Interfere = (_, request) => request.Method == RequestMethod.Post && !lost && (lost = true) ? StorageFault.LostReply : StorageFault.None;
        var instances = Enumerable.Range(0, 5).Select(_ => fleet.Scale()).Append(fleet.One).ToArray();

        var keys = await Task.WhenAll(instances.Select(instance => instance.Get<Murano.Shared.Storage.TableSigningKeyStore>().GetAsync(Token)));

        Assert.Single(keys.Select(Convert.ToHexString).Distinct(StringComparer.Ordinal));
        Assert.Equal(32, Assert.Single(await fleet.RowsAsync("access"), row => row.PartitionKey is "signing").GetBinary("Secret").Length);
    }

    [Fact]
    public async Task A_file_of_64_MiB_is_too_large_and_one_byte_less_is_not()
    {
        await using var app = await ContentApp.StartAsync(azurite);
        var bytes = new byte[67_108_863];
        await app.UploadAsync("large", bytes);
        Assert.Equal(bytes.Length, (await app.JsonAsync("GET", "/large")).GetProperty("length").GetInt32());

        var more = new byte[67_108_864];
        await RefusedAsync(413, "content-too-large", app.PostAsync(await app.OfferAsync("large", more), more));
        Assert.Equal(bytes.Length, (await app.JsonAsync("GET", "/large")).GetProperty("length").GetInt32());
    }

    [Fact]
    public async Task Storage_that_fails_at_any_step_of_an_upload_leaves_the_old_file_or_the_whole_new_one()
    {
        var probe = new StorageProbe();
        await using var app = await ContentApp.StartAsync(azurite, new TestAppOptions { Policies = [probe] });
        await app.UploadAsync("a", "old");
        var bytes = Enumerable.Repeat((byte)'n', 2_500_000).ToArray();
        for (var step = 0; ; step++)
        {
            var offer = await app.OfferAsync("a", bytes);
            var last = step;
            probe.Reset();
            probe.Interfere = (number, request) => number > last && !request.Uri.ToString().Contains("access", StringComparison.Ordinal) ? StorageFault.Refused : StorageFault.None;
            var (status, body) = await app.PostAsync(offer, bytes);
            probe.Reset();
            var text = await app.DownloadAsync("a");
            if (status == HttpStatusCode.NoContent)
            {
                Assert.Equal(bytes.Length, text.Length);
                Assert.InRange(step, 3, 20);
                return;
            }

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "storage-unavailable"), (status, Reason(body)));
            Assert.True(text is "old" || text.Length == bytes.Length, $"{text.Length}");
        }
    }

    [Fact]
    public async Task Requests_cost_what_the_storage_model_says()
    {
        var probe = new StorageProbe();
        await using var app = await ContentApp.StartAsync(azurite, new TestAppOptions { Policies = [probe] });
        await app.UploadAsync("a", "old");
        await app.UploadAsync("b", "old");
        var (offer, url) = (await app.OfferAsync("a", Bytes), await app.AddressAsync("a"));

        Assert.Equal(1, await CountAsync(() => app.CallAsync("GET", "?full=true")));
        Assert.Equal(1, await CountAsync(() => app.CallAsync("GET", "/a")));
        Assert.Equal(0, await CountAsync(() => app.OfferAsync("a", Bytes)));
        Assert.Equal(1, await CountAsync(() => app.AddressAsync("a")));
        Assert.Equal(1, await CountAsync(() => app.FetchAsync(url)));
        Assert.Equal(1, await CountAsync(() => app.PostAsync(offer, Bytes)));
        Assert.Equal(2, await CountAsync(() => app.CallAsync("DELETE", "/a")));
        Assert.Equal(2, await CountAsync(() => app.CallAsync("DELETE", "")));

        // The connector, the key and the audit entry have lines of their own.
        async Task<int> CountAsync(Func<Task> action)
        {
            probe.Reset();
            await action();
            return probe.Requests.Count(request => !request.Contains("connectors", StringComparison.Ordinal) && !request.Contains("access", StringComparison.Ordinal) && !request.Contains("todo", StringComparison.Ordinal));
        }
    }

    private static string? Reason(string body) => JsonSerializer.Deserialize<JsonElement>(body).GetProperty("reason").GetString();

    private static async Task RefusedAsync(int code, string reason, Task<(HttpStatusCode Status, string Body)> reply)
    {
        var (status, body) = await reply;
        Assert.True(body.Length > 0, $"{status} without a body.");
        Assert.Equal((code, reason), ((int)status, Reason(body)));
    }
}
