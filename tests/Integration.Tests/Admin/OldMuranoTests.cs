using System.Text.Json;
using Murano.Admin;
using Murano.Admin.Export;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.ManagementApi;

namespace Murano.Integration.Tests.Admin;

/// <summary>Export from a server that is as odd as Murano was.</summary>
public sealed class OldMuranoTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    [InlineData(500, true)]
    public async Task Every_identity_is_listed_once_whatever_lies_across_the_ends_of_pages(int page, bool includesBefore)
    {
        await using var murano = await StartAsync();
        murano.IncludesBefore = includesBefore;
        murano.Throttles = true;
        for (var i = 0; i < 23; i++)
        {
            // Some of one time, and some never seen.
            var seen = i < 8 ? 0 : 1_500_000_000_000_000 + (i / 5);
            murano.Listed.Add(($$"""{"identity":"d{{i}}","lastseen":{{seen}},"status":"whitelisted"}""", seen));
            murano.Bodies[$"device2/identity/d{i}"] = $$"""{"identity":"d{{i}}","lastseen":{{seen}},"state":[],"tags":{} }""";
        }

        using var folder = new ExportedFolder();
        await Admin().ExpectAsync(ExitCodes.Done, [.. Export(murano, folder), "--page", $"{page}"]);

        Assert.Equal(string.Join(' ', Enumerable.Range(0, 23).Select(i => $"d{i}").Order(StringComparer.Ordinal)), string.Join(' ', (await DevicesAsync(folder)).Select(device => device.Identity)));
    }

    [Fact]
    public async Task A_device_that_reports_while_the_list_is_read_is_not_missed()
    {
        await using var murano = await StartAsync();
        List(murano, 9);
        var pages = 0;
        murano.BeforePage = before =>
        {
            // The last ones report, one after the other, and jump ahead of the pages that are still to come.
            if (before is not null && ++pages <= 3)
            {
                var (json, seen) = murano.Listed.MinBy(device => device.Seen);
                murano.Listed.Remove((json, seen));
                var now = murano.Listed.Max(device => device.Seen) + 1;
                murano.Listed.Add((json.Replace($"{seen}", $"{now}", StringComparison.Ordinal), now));
            }
        };
        using var folder = new ExportedFolder();
        await Admin().ExpectAsync(ExitCodes.Done, [.. Export(murano, folder), "--page", "3"]);

        Assert.Equal("d0 d1 d2 d3 d4 d5 d6 d7 d8", string.Join(' ', (await DevicesAsync(folder)).Select(device => device.Identity)));
    }

    [Fact]
    public async Task A_list_that_has_more_each_time_comes_to_an_end_and_is_told()
    {
        await using var murano = await StartAsync();
        List(murano, 5);
        var next = 5;
        murano.BeforePage = before =>
        {
            if (before is null)
            {
                Add(murano, next++);
            }
        };
        using var folder = new ExportedFolder();
        await Admin().ExpectAsync(ExitCodes.Partly, [.. Export(murano, folder), "--page", "2"]);

        Assert.InRange((await DevicesAsync(folder)).Count, 6, 20);
        Assert.Contains("list-changes", Assert.Single(await folder.LinesAsync(ExportFiles.Problems)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_without_a_name_keep_no_export_from_its_end()
    {
        await using var murano = await StartAsync();
        List(murano, 3);
        murano.Listed.Add(("""{"lastseen":9000000000000000}""", 9_000_000_000_000_000));
        murano.Listed.Add(("""{"identity":"","lastseen":9000000000000000}""", 9_000_000_000_000_000));
        using var folder = new ExportedFolder();
        await Admin().ExpectAsync(ExitCodes.Partly, [.. Export(murano, folder), "--page", "1"]);

        Assert.Equal("d0 d1 d2", string.Join(' ', (await DevicesAsync(folder)).Select(device => device.Identity)));
        Assert.Equal(2, (await folder.LinesAsync(ExportFiles.Problems)).Count);
    }

    [Fact]
    public async Task What_it_says_is_kept_and_comes_into_this_product()
    {
        await using var murano = await StartAsync();
        murano.Throttles = true;
        murano.SessionEnds = 1;
        murano.Bodies["device2"] = murano.Bodies["device2"].Replace("\"pki\":{", "\"pki\":{\"vendor\":{\"name\":\"DigiCert\",\"options\":{\"key\":\"digicert-key\"}},", StringComparison.Ordinal);
        murano.Listed.Add(("""{"identity":"a/b","auth":{"type":"cik"},"status":"provisioned","locked":false,"lastseen":1500000000000000.0,"lastip":"192.0.2.1"}""", 1_500_000_000_000_000));
        murano.Listed.Add(("""{"identity":"bare"}""", 0));
        murano.Listed.Add(("""{"nothing":1}""", 0));
        murano.Bodies["device2/identity/a/b"] = """{"identity":"a/b","auth":{"type":"cik","expire":1400000000000},"status":"provisioned","reprovision":null,"tags":[{"name":"claim_code","value":"x"},{"name":"expires","value":1500000000}],"state":{"temp":{"reported":"21.5","set":"21.5","timestamp":1500000000000000},"setpoint":{"reported":"20","set":"22"}}}""";
        murano.Bodies["device2/identity/bare"] = """{"identity":"bare","auth":{"type":"signature"},"devmode":true}""";
        murano.Bodies["device2/identity/bare/state"] = """{"setpoint":{"set":"25"}}""";
        murano.Bodies["device2/identity/bare/tag"] = """{"tags":{"k":"v"}}""";
        murano.Listed.Add(("""{"identity":"gone","lastseen":5}""", 5));
        murano.Bodies["content/item"] = """[{"type":"text/plain","length":4,"last_modified":"2018-06-12T10:00:00.000Z","id":"x/y.txt","tags":[{"name":"description","value":"log"}]},{"type":"text/plain","length":99,"id":"short"},"bare-id",{"type":"x"}]""";
        murano.Files["x/y.txt"] = "text";
        murano.Files["short"] = "not 99 bytes";
        murano.Files["bare-id"] = "more";
        using var folder = new ExportedFolder();
        var admin = Admin();

        await admin.ExpectAsync(ExitCodes.Partly, Export(murano, folder));

        Assert.Equal(
            "content |content short|device |device gone|settings pki.vendor",
            string.Join('|', (await folder.LinesAsync(ExportFiles.Problems)).Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Select(problem => $"{problem.GetProperty("kind")} {problem.GetProperty("id")}").Order(StringComparer.Ordinal)));
        Assert.Equal(["a/b,", "identity,token"], await folder.LinesAsync(ExportFiles.TokensNeeded));
        Assert.Contains(TimeSpan.FromSeconds(3), admin.Waits);
        await folder.AssertHoldsNoneAsync([OldMurano.Password, OldMurano.Session, "digicert-key"]);
        Assert.DoesNotContain(OldMurano.Session, admin.Printed, StringComparison.Ordinal);
        Assert.Contains(murano.Asked, asked => asked is $"DELETE /api:1/token/{OldMurano.Session}");

        await using var target = await ContentApp.StartAsync(azurite);
        admin.Trusted.Add(target.App.App);
        admin.Variables["MURANO_TOKEN"] = target.App.Secret;
        string[] import = ["import", "--from", folder.Path, "--to", target.App.App.Https.ToString(), "--connector", target.App.Connector];
        await admin.ExpectAsync(ExitCodes.Done, import);

        var moved = await target.App.GetAsync("/identity/a%2Fb");
        Assert.Equal(("whitelisted", 0, "22", """{"claim_code":["x"],"expires":["1500000000"]}"""), (moved.GetProperty("status").GetString(), moved.GetProperty("auth").GetProperty("expire").GetInt64(), moved.GetProperty("state").GetProperty("setpoint").GetProperty("set").GetRawText(), moved.GetProperty("tags").GetRawText()));
        Assert.Equal("""{"k":["v"]}""", (await target.App.GetAsync("/identity/bare")).GetProperty("tags").GetRawText());
        var settings = await target.App.GetAsync("");
        Assert.Equal((0.0, true, "old"), (settings.GetProperty("identity_format").GetProperty("options").GetProperty("length").GetDouble(), settings.GetProperty("protocol").GetProperty("devmode").GetBoolean(), settings.GetProperty("description").GetString()));
        Assert.Equal("text", await target.DownloadAsync("x/y.txt"));
        Assert.Equal("""{"type":"text/plain","length":4,"id":"x/y.txt","sha256":"982d9e3eb996f559e633f4d194def3761d909f5a3b647d1a851fead67c32c9d1","tags":{"description":"log"}}""", Without(await target.JsonAsync("GET", "/x%2Fy.txt"), "last_modified"));
        Assert.Contains(await folder.ResultsAsync(), line => line is "device bare auth skipped unknown-auth-type");
        Assert.Contains(await folder.ResultsAsync(), line => line is "device bare devmode skipped set-by-activation");
        Assert.Contains("Nothing changed.", await admin.ExpectAsync(ExitCodes.Done, import), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_connector_without_services_is_told_and_is_no_fault()
    {
        await using var murano = await StartAsync();
        murano.Bodies.Clear();
        using var folder = new ExportedFolder();

        Assert.Contains("no device service", await Admin().ExpectAsync(ExitCodes.Partly, Export(murano, folder)), StringComparison.Ordinal);

        Assert.Empty(await DevicesAsync(folder));
        Assert.Equal(2, (await folder.LinesAsync(ExportFiles.Problems)).Count);
    }

    [Fact]
    public async Task A_wrong_password_ends_it_before_it_begins()
    {
        await using var murano = await StartAsync();
        using var folder = new ExportedFolder();
        var admin = Admin();
        admin.Variables["MURANO_PASSWORD"] = "wrong";

        Assert.Contains("does not let owner@example.com in: Invalid login", await admin.ExpectAsync(ExitCodes.Refused, Export(murano, folder)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stopped_at_any_request_the_same_command_comes_to_the_same_end()
    {
        await using var murano = await StartAsync();
        for (var i = 0; i < 3; i++)
        {
            murano.Listed.Add(($$"""{"identity":"d{{i}}"}""", 0));
            murano.Bodies[$"device2/identity/d{i}"] = $$"""{"identity":"d{{i}}","state":{},"tags":{"n":"{{i}}","odd":{} } }""";
        }

        murano.Bodies["content/item"] = """[{"type":"text/plain","length":4,"last_modified":"2018-06-12T10:00:00.000Z","id":"a"},{"type":"text/plain","length":4,"last_modified":"2018-06-12T10:00:00.000Z","id":"b"}]""";
        (murano.Files["a"], murano.Files["b"]) = ("text", "more");
        using var whole = new ExportedFolder();
        var admin = Admin();
        await admin.ExpectAsync(ExitCodes.Partly, [.. Export(murano, whole), "--parallel", "1"]);
        var requests = admin.Requests;
        Assert.InRange(requests, 8, 20);

        // The last request ends the session; what it breaks does not matter.
        for (var last = 1; last < requests; last++)
        {
            using var folder = new ExportedFolder();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
            admin.Before = number => (number >= last ? stop : null)?.Cancel();
            Assert.Equal(ExitCodes.Stopped, (await admin.RunAsync(stop.Token, [.. Export(murano, folder), "--parallel", "1"])).Code);
            Assert.False(File.Exists(folder.At("manifest.json")));
            admin.Before = null;

            // What is there is of this connector, once anything is.
            if (last > 1)
            {
                Assert.Contains($"The folder holds an export of {OldMurano.Connector}", await admin.ExpectAsync(ExitCodes.Refused, [.. Export(murano, folder).Select(argument => argument is OldMurano.Connector ? "another" : argument)]), StringComparison.Ordinal);
            }

            await admin.ExpectAsync(ExitCodes.Partly, Export(murano, folder));
            Assert.Equal(await whole.LinesAsync(ExportFiles.Problems), await folder.LinesAsync(ExportFiles.Problems));
            Assert.Equal(await whole.LinesAsync(ExportFiles.Devices), await folder.LinesAsync(ExportFiles.Devices));
            Assert.Equal(await whole.LinesAsync(ExportFiles.Content), await folder.LinesAsync(ExportFiles.Content));
        }
    }

    [Theory]
    [InlineData("state")]
    [InlineData("tag")]
    public async Task Values_and_tags_that_cannot_be_had_break_it_off(string part)
    {
        await using var murano = await StartAsync();
        List(murano, 2);
        murano.Bodies["device2/identity/d1"] = """{"identity":"d1"}""";
        murano.Bodies["device2/identity/d1/state"] = """{"temp":{"reported":"1"}}""";
        murano.Bodies["device2/identity/d1/tag"] = """{"tags":{"k":"v","odd":{}}}""";
        murano.Refused[$"device2/identity/d1/{part}"] = 403;
        using var folder = new ExportedFolder();
        await Admin().ExpectAsync(ExitCodes.BrokeOff, Export(murano, folder));
        murano.Refused.Clear();
        await Admin().ExpectAsync(ExitCodes.Partly, Export(murano, folder));

        var device = (await DevicesAsync(folder))[1];
        Assert.Equal(("v", "1"), (device.Tags[0].Value, device.State["temp"].Reported.AsText()));
        Assert.Contains("odd-tags", Assert.Single(await folder.LinesAsync(ExportFiles.Problems)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("device2", 404, true)]
    [InlineData("device2", 403, true)]
    [InlineData("content/item", 404, false)]
    [InlineData("content/item", 403, false)]
    public async Task A_source_that_does_not_show_it_any_more_takes_nothing_from_an_export(string path, int status, bool isComplete)
    {
        await using var murano = await StartAsync();
        List(murano, 2);
        murano.Bodies["content/item"] = """[{"type":"text/plain","length":4,"last_modified":"2018-06-12T10:00:00.000Z","id":"a","tags":{"odd":{}}}]""";
        murano.Files["a"] = "text";
        using var folder = new ExportedFolder();
        await Admin().ExpectAsync(ExitCodes.Partly, Export(murano, folder));
        Assert.Contains("odd-tags", Assert.Single(await folder.LinesAsync(ExportFiles.Problems)), StringComparison.Ordinal);
        var (devices, content) = (await folder.LinesAsync(ExportFiles.Devices), await folder.LinesAsync(ExportFiles.Content));
        murano.Refused[path] = status;
        await Admin().ExpectAsync(ExitCodes.BrokeOff, Export(murano, folder));

        Assert.Equal(devices, await folder.LinesAsync(ExportFiles.Devices));
        Assert.Equal(content, await folder.LinesAsync(ExportFiles.Content));
        Assert.Equal(isComplete, File.Exists(folder.At("manifest.json")));
        murano.Refused.Clear();
        await Admin().ExpectAsync(ExitCodes.Partly, Export(murano, folder));
        Assert.Equal(content, await folder.LinesAsync(ExportFiles.Content));
    }

    [Theory]
    [InlineData("/signed/a")]
    [InlineData("signed/a")]
    [InlineData("file:///etc/hostname")]
    [InlineData("ftp://localhost/a")]
    public async Task Only_addresses_of_the_web_are_followed(string address)
    {
        await using var murano = await StartAsync();
        murano.Bodies["content/item"] = """["a"]""";
        murano.Files["a"] = "text";
        murano.Addresses["a"] = address;
        using var folder = new ExportedFolder();
        await Admin().ExpectAsync(ExitCodes.Partly, Export(murano, folder));

        Assert.Contains("not-fetched", Assert.Single(await folder.LinesAsync(ExportFiles.Problems)), StringComparison.Ordinal);
        Assert.DoesNotContain(murano.Asked, asked => asked.Contains("signed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Credentials_that_end_in_the_middle_break_it_off()
    {
        await using var murano = await StartAsync();
        murano.BeforePage = _ => murano.SessionEnds = 2;
        List(murano, 1);
        using var folder = new ExportedFolder();
        await Admin().ExpectAsync(ExitCodes.BrokeOff, Export(murano, folder));
        murano.BeforePage = null;
        murano.SessionEnds = 0;
        await Admin().ExpectAsync(ExitCodes.Done, Export(murano, folder));
    }

    private static void List(OldMurano murano, int count)
    {
        for (var i = 0; i < count; i++)
        {
            Add(murano, i);
        }
    }

    private static void Add(OldMurano murano, int number)
    {
        var seen = 1_500_000_000_000_000 + number;
        murano.Listed.Add(($$"""{"identity":"d{{number}}","lastseen":{{seen}}}""", seen));
        murano.Bodies[$"device2/identity/d{number}"] = $$"""{"identity":"d{{number}}","state":[],"tags":{} }""";
    }

    private static async Task<OldMurano> StartAsync()
    {
        var murano = await OldMurano.StartAsync();
        murano.Bodies["device2"] = """
            {"name":"old","description":"old","fqdn":"x.m2.exosite.io","protocol":{"name":"onep","devmode":true},"identity_format":{"prefix":"","type":"opaque","options":{"casing":"mixed","length":0.0}},
             "provisioning":{"auth_type":"token","enabled":true},"pki":{"enabled":false},
             "resources":{"temp":{"format":"number","unit":"c","allowed":["0:100"]},"setpoint":{"format":"number","settable":true} } }
            """;
        murano.Bodies["content/item"] = "[]";
        return murano;
    }

    private static async Task<IReadOnlyList<ExportedIdentity>> DevicesAsync(ExportedFolder folder) =>
        [.. (await folder.LinesAsync(ExportFiles.Devices)).Select(line => JsonSerializer.Deserialize<ExportedIdentity>(line, Murano.Admin.Files.JsonLines.Plain)!).OrderBy(device => device.Identity, StringComparer.Ordinal)];

    private static string Without(JsonElement json, string name) =>
        "{" + string.Join(',', json.EnumerateObject().Where(field => !field.NameEquals(name)).Select(field => $"\"{field.Name}\":{field.Value.GetRawText()}")) + "}";

    private static string[] Export(OldMurano murano, ExportedFolder folder) => ["export", "--from", murano.Url, "--connector", OldMurano.Connector, "--to", folder.Path, "--email", OldMurano.Email];

    private static AdminCommandLine Admin()
    {
        var admin = new AdminCommandLine();
        admin.Variables["MURANO_PASSWORD"] = OldMurano.Password;
        return admin;
    }
}
