using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>Many identities from a table, as <c>murano device enable --file</c> sends it (specification b.4, CSV form).</summary>
public sealed class IdentityTableTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    [Spec("b.4/5")]
    [Spec("b.4/1")]
    public async Task A_table_of_the_command_line_makes_its_identities_in_its_order_and_a_second_time_changes_nothing()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        const string Body = "--b\r\nContent-Disposition: form-data; name=\"identities\"; filename=\"f.csv\"\r\nContent-Type: text/csv\r\n\r\nID\n1234\n1236\n1235\n\r\n--b--\r\n";

        for (var time = 0; time < 2; time++)
        {
            using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Body));
            content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
            Assert.Equal((HttpStatusCode.NoContent, ""), await PostAsync(app, content));

            var names = (await app.GetAsync("/identity/")).GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("identity").GetString());
            Assert.Equal("1234 1236 1235", string.Join(' ', names));
        }
    }

    [Theory]
    [InlineData("ID, SSL Client Certificate")]
    [InlineData("\uFEFFID,Certificate")]
    [InlineData("\"ID\",\"ssl client certificate\"")]
    [Spec("b.4/5")]
    public async Task Certificates_and_the_end_of_the_window_come_with_a_table_and_a_lock_stays(string header)
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/plain", """{"locked":true}""");
        using var certificate = TestCertificates.SelfSigned("CN=with");

        var reply = await PostAsync(app, Form($"{header}\r\nwith,\"{certificate.ExportCertificatePem()}\"\r\n\r\nplain\r\n  spaced  ,\r\n", "1900000000000000"));

        Assert.Equal((HttpStatusCode.NoContent, ""), reply);
        Assert.Equal(("provisioned", "certificate", false), await ShownAsync(app, "with"));
        Assert.Equal(("whitelisted", "token", true), await ShownAsync(app, "plain"));
        Assert.Equal(("whitelisted", "token", false), await ShownAsync(app, "spaced"));
        Assert.Equal(1_900_000_000_000_000, (await app.GetAsync("/identity/plain")).GetProperty("auth").GetProperty("expire").GetInt64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("id\n1234")]
    [InlineData("Identity\n1234")]
    [InlineData("ID,Other\n1234,x")]
    [InlineData("ID,Certificate,More\n1234,,")]
    [InlineData("1234\n1235")]
    [InlineData("\0\u0001\u0002")]
    [Spec("b.4/5")]
    public async Task Another_first_line_is_refused_in_Muranos_words(string table)
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        var error = await RefusedAsync(app, Form(table), 400, "bad-csv");

        Assert.Equal("CSV file format invalid", error.GetProperty("message").GetString());
        await ExpectNoneAsync(app);
    }

    [Fact]
    [Spec("b.4/5")]
    public async Task Lines_that_cannot_be_are_all_named_and_then_nothing_is_done()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        using var other = TestCertificates.SelfSigned("CN=somebody-else");
        var pem = other.ExportCertificatePem();

        var error = await RefusedAsync(app, Form($"ID,Certificate\ngood\nc,\"{pem}\"\n..\ngood\nd,no certificate\ne,,more\n{new string('x', 201)}\n"), 400, "bad-rows");

        var after = 4 + pem.Count(letter => letter == '\n');
        Assert.Equal(
            $"Line 3: The certificate's CN is not the identity.; line {after}: this cannot be an identity; line {after + 1}: the identity is there already; "
            + $"line {after + 2}: A certificate is PEM text.; line {after + 3}: too many columns; line {after + 4}: this cannot be an identity.",
            error.GetProperty("errors")[0].GetProperty("errors")[0].GetProperty("message").GetString());
        await ExpectNoneAsync(app);
    }

    [Fact]
    public async Task Identities_of_another_format_are_refused()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PATCH", "", """{"identity_format":{"prefix":"P-","type":"base10","options":{"casing":"mixed","length":2}}}""");

        var error = await RefusedAsync(app, Form("ID\nP-12\nP-1x\n"), 400, "bad-rows");

        Assert.Contains("ine 3: the identity is not of the connector's format", error.GetRawText(), StringComparison.Ordinal);
        await ExpectNoneAsync(app);
    }

    [Fact]
    public async Task Forms_that_cannot_be_are_refused_and_a_plain_form_will_do()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await RefusedAsync(app, Form("ID\n1", "soon"), 400, "bad-expire");
        await RefusedAsync(app, Form("ID\n1", "-1"), 400, "bad-expire");
        await RefusedAsync(app, Form("ID\n" + string.Join('\n', Enumerable.Range(0, 10_001))), 413, "too-many-rows");
        await RefusedAsync(app, Form($"ID,Certificate\n1,{new string('x', 70_000)}"), 400, "bad-csv");
        await RefusedAsync(app, Typed([0x49, 0x44, 0x0A, 0xFF], "b", "--b\r\nContent-Disposition: form-data; name=identities; filename=f\r\n\r\n"), 400, "bad-csv");
        await RefusedAsync(app, Typed("no part"u8.ToArray(), "b", ""), 400, "bad-csv");
        await RefusedAsync(app, Typed([], new string('b', 201), ""), 400, "bad-form");
        await RefusedAsync(app, new FormUrlEncodedContent([new("other", "x")]), 400, "bad-csv");
        await ExpectNoneAsync(app);

        Assert.Equal((HttpStatusCode.NoContent, ""), await PostAsync(app, new FormUrlEncodedContent([new("identities", "ID\r\n1234\r\n")])));
        Assert.Equal(("whitelisted", "token", false), await ShownAsync(app, "1234"));
    }

    [Fact]
    public async Task When_storage_goes_in_the_middle_sending_the_table_again_does_the_rest()
    {
        var probe = new StorageProbe();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Policies = [probe] });
        var table = "ID\n" + string.Join('\n', Enumerable.Range(1000, 100));
        probe.Interfere = (number, _) => number > 200 ? StorageFault.Refused : StorageFault.None;

        var error = await RefusedAsync(app, Form(table), 503, "storage-unavailable");
        probe.Reset();
        var made = (await app.GetAsync("/identities/count")).GetProperty("count").GetInt32();
        Assert.InRange(made, 1, 99);
        Assert.Contains("of 100 identities were not done", error.GetProperty("message").GetString(), StringComparison.Ordinal);

        Assert.Equal((HttpStatusCode.NoContent, ""), await PostAsync(app, Form(table)));
        foreach (var identity in Enumerable.Range(1000, 100))
        {
            await app.GetAsync($"/identity/{identity}");
        }
    }

    [Fact]
    [Spec("c.1/8")]
    public async Task A_list_in_JSON_has_a_result_for_each_row()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/old", "{}");
        const string Rows = """[{"identity":"new","locked":true},{"identity":"old","locked":true},{"identity":"new"},{"identity":""},7,{"identity":"x","auth":{"type":"hash"}},{"identity":"y","auth":{"type":"token","key":"short"}}]""";

        var added = await app.CallAsync("POST", "/identities", Rows);
        Assert.Equal(HttpStatusCode.OK, added.Status);
        Assert.Equal(
            ["new 204 ", "old 409 identity-exists", "new 409 identity-twice", " 400 bad-identity", " 400 bad-json", "x 400 enum-mismatch", "y 400 bad-token"], Results(added.Body));
        Assert.False((await app.GetAsync("/identity/old")).GetProperty("locked").GetBoolean());

        var put = await app.CallAsync("PUT", "/identities", $$"""{"identities":{{Rows}}}""");
        Assert.Equal(HttpStatusCode.OK, put.Status);
        Assert.Equal(["new 204 ", "old 204 ", "new 409 identity-twice", " 400 bad-identity", " 400 bad-json", "x 400 enum-mismatch", "y 400 bad-token"], Results(put.Body));
        Assert.True((await app.GetAsync("/identity/old")).GetProperty("locked").GetBoolean());
        Assert.Equal(2, (await app.GetAsync("/identities/count")).GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task What_is_no_list_is_refused_and_an_empty_one_does_nothing()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.RefusedAsync(400, "bad-json", "PUT", "/identities", "{}");
        await app.RefusedAsync(400, "bad-json", "PUT", "/identities", "\"ID\"");
        await app.RefusedAsync(400, "bad-json", "POST", "/identities");
        await app.RefusedAsync(413, "too-many-rows", "PUT", "/identities", $"[{string.Join(',', Enumerable.Repeat("{}", 1001))}]");
        Assert.Equal((HttpStatusCode.OK, "[]"), await app.CallAsync("PUT", "/identities", "[]"));
        await ExpectNoneAsync(app);
    }

    private static List<string> Results(string body) =>
        [.. JsonSerializer.Deserialize<JsonElement>(body).EnumerateArray().Select(row => $"{row.GetProperty("identity").GetString()} {row.GetProperty("status").GetInt32()} {(row.TryGetProperty("reason", out var reason) ? reason.GetString() : "")}")];

    private static async Task<(string? Status, string? Type, bool Locked)> ShownAsync(ManagementApp app, string identity)
    {
        var shown = await app.GetAsync($"/identity/{identity}");
        return (shown.GetProperty("status").GetString(), shown.GetProperty("auth").GetProperty("type").GetString(), shown.GetProperty("locked").GetBoolean());
    }

    private static async Task ExpectNoneAsync(ManagementApp app) => Assert.Equal(0, (await app.GetAsync("/identity")).GetProperty("devices").GetArrayLength());

    private static MultipartFormDataContent Form(string table, string? expire = null)
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(table));
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        var form = new MultipartFormDataContent { { file, "identities", "devices.csv" } };
        if (expire is not null)
        {
            form.Add(new StringContent(expire), "expire");
        }

        return form;
    }

    private static ByteArrayContent Typed(byte[] bytes, string boundary, string before)
    {
        var content = new ByteArrayContent([.. Encoding.ASCII.GetBytes(before), .. bytes, .. Encoding.ASCII.GetBytes($"\r\n--{boundary}--\r\n")]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/form-data; boundary={boundary}");
        return content;
    }

    private static async Task<JsonElement> RefusedAsync(ManagementApp app, HttpContent content, int status, string reason)
    {
        var reply = await PostAsync(app, content);
        var error = JsonSerializer.Deserialize<JsonElement>(reply.Body);
        Assert.Equal((status, reason), ((int)reply.Status, error.GetProperty("reason").GetString()));
        return error;
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(ManagementApp app, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api:1/service/{app.Connector}/device2/identities") { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"token {app.Secret}");
        using var reply = await app.App.Client.SendAsync(request, Token);
        return (reply.StatusCode, await reply.Content.ReadAsStringAsync(Token));
    }
}
