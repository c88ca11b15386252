using System.Net;
using Murano.Admin;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.ManagementApi;

namespace Murano.Integration.Tests.Admin;

/// <summary>A connector moves from one app to another: this product speaks as Murano does.</summary>
public sealed class MoveTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const string Resources = """{"temperature":{"format":"number","unit":"C"},"setpoint":{"format":"number","settable":true,"allowed":["5:30"]},"on":{"format":"boolean","settable":true},"a,b":{"settable":true}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Devices_go_on_with_their_tokens_and_all_else_is_the_same()
    {
        await using var source = await ContentApp.StartAsync(azurite);
        await using var target = await ContentApp.StartAsync(azurite);
        var devices = await PrepareAsync(source);
        using var folder = new ExportedFolder();
        await folder.WriteTokensAsync(devices.Select(device => (device.Identity, device.Token)));
        var admin = Admin(source, target);

        admin.Variables["MURANO_PASSWORD"] = source.App.Secret;
        await admin.ExpectAsync(ExitCodes.Done, "export", "--from", Address(source), "--connector", source.App.Connector, "--to", folder.Path, "--email", source.App.App.Run.Operator!.Name);
        await folder.AssertHoldsNoneAsync(devices.Select(device => device.Token).Append(source.App.Secret));
        var exported = await folder.LinesAsync("devices.jsonl");
        Assert.Equal(6, exported.Count);

        // The same once more: nothing is worse for it.
        await admin.ExpectAsync(ExitCodes.Done, "export", "--from", Address(source), "--connector", source.App.Connector, "--to", folder.Path, "--email", source.App.App.Run.Operator.Name);
        Assert.Equal(exported, await folder.LinesAsync("devices.jsonl"));

        string[] import = ["import", "--from", folder.Path, "--to", Address(target), "--connector", target.App.Connector, "--tokens", folder.Tokens];
        admin.Variables["MURANO_TOKEN"] = target.App.Secret;
        var before = await ShowAsync(target);
        Assert.Contains("Nothing was changed. What would be done:", await admin.ExpectAsync(ExitCodes.Done, [.. import, "--dry-run"]), StringComparison.Ordinal);
        Assert.Equal(before, await ShowAsync(target));

        output.WriteLine(await admin.ExpectAsync(ExitCodes.Done, import));
        var moved = await ShowAsync(target);
        Assert.Equal(await ShowAsync(source), moved);
        Assert.Equal(await folder.ResultsAsync("import-dry-run.csv"), await folder.ResultsAsync());
        Assert.Contains(await folder.ResultsAsync(), line => line is "device no/token ü credential skipped no-token");
        Assert.Contains(await folder.ResultsAsync(), line => line is "content device2/one/log.txt file skipped device-file");
        Assert.Contains(await folder.ResultsAsync(), line => line is "device one reported skipped device-reports");

        foreach (var device in devices.Where(device => device.Identity is not "locked"))
        {
            var there = SimulatedDevice.With(target.App.App.Client, SimulatedDevice.HostOf(target.App.App), device.Identity, device.Token);
            await there.WriteAsync(("temperature", "3"));
        }

        Assert.Equal("setpoint=22", await SimulatedDevice.With(target.App.App.Client, SimulatedDevice.HostOf(target.App.App), "one", devices[0].Token).ReadAsync("setpoint"));
        var (status, token) = await SimulatedDevice.PostActivationAsync(target.App.App.Client, SimulatedDevice.HostOf(target.App.App), "no/token ü");
        Assert.Equal((HttpStatusCode.OK, 40), (status, token.Length));
        Assert.Equal("some text", await target.DownloadAsync("a/b.txt"));

        Assert.Contains("Nothing changed.", await admin.ExpectAsync(ExitCodes.Done, import), StringComparison.Ordinal);
        Assert.DoesNotContain(await folder.ResultsAsync(), line => line.Contains(" changed", StringComparison.Ordinal));
        await folder.AssertHoldsNoneAsync(devices.Select(device => device.Token).Append(target.App.Secret));
        Assert.All(devices.Select(device => device.Token).Append(source.App.Secret).Append(target.App.Secret), secret => Assert.DoesNotContain(secret, admin.Printed, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_there_otherwise_stays_and_is_told_unless_it_is_to_be_overwritten()
    {
        await using var target = await ContentApp.StartAsync(azurite);
        var (app, own, old) = (target.App, new string('a', 40), new string('b', 40));
        await app.OkAsync("PATCH", "", $$"""{"resources":{{Resources}}}""");
        await app.OkAsync("PUT", "/identity/1", $$$"""{"auth":{"type":"token","key":"{{{own}}}"}}""");
        await app.OkAsync("POST", "/identity/1/tag", """{"tags":{"site":"oslo","own":"x"}}""");
        await app.OkAsync("PATCH", "/identity/1/state", """{"setpoint":20}""");
        await app.OkAsync("PUT", "/identity/holder", $$$"""{"auth":{"type":"token","key":"{{{new string('c', 40)}}}"}}""");
        await target.UploadAsync("a.txt", "mine");
        using var folder = new ExportedFolder();
        await folder.WriteAsync(
            """{"protocol":{"devmode":true},"resources":{"temperature":{"format":"string"},"new":{"format":"number"}},"pki":{},"other":1,"events":{}}""",
            [
                """{"identity":"1","authType":"token","status":"provisioned","locked":true,"tags":[{"name":"site","value":"rome"},{"name":"more","value":"y"}],"state":{"setpoint":{"set":21,"timestamp":0}}}""",
                """{"identity":"thief","status":"provisioned"}""",
            ],
            ("a.txt", "theirs"));
        await folder.WriteTokensAsync([("1", old), ("thief", new string('c', 40)), ("nobody", new string('d', 40)), ("bad", "x")]);
        var admin = Admin(target);
        string[] import = ["import", "--from", folder.Path, "--to", Address(target), "--connector", app.Connector, "--tokens", folder.Tokens];

        await admin.ExpectAsync(ExitCodes.Partly, import);
        Assert.Equal(
            [
                "content a.txt file conflict content-differs",
                "device 1 identity changed",
                "device 1 locked conflict locked-differs",
                "device 1 tags changed",
                "device 1 tags conflict tags-differs",
                "device 1 token conflict token-differs",
                "device 1 values conflict values-differs",
                "device thief identity changed",
                "device thief token conflict token-in-use",
                "resource new resource changed",
                "resource temperature resource conflict resource-differs",
                "setting events setting skipped set-by-hand",
                "setting other setting skipped unknown-setting",
                "setting pki setting unchanged",
                "setting protocol setting conflict setting-differs",
                "token bad line failed bad-token",
                "token nobody line skipped not-exported",
            ],
            await folder.ResultsAsync());
        await Device(target, own).WriteAsync(("temperature", "1"));
        var kept = await app.GetAsync("/identity/1");
        Assert.Equal(("{\"more\":[\"y\"],\"own\":[\"x\"],\"site\":[\"oslo\"]}", "20", false), (kept.GetProperty("tags").GetRawText(), kept.GetProperty("state").GetProperty("setpoint").GetProperty("set").GetRawText(), kept.GetProperty("locked").GetBoolean()));
        Assert.Equal("mine", await target.DownloadAsync("a.txt"));

        await admin.ExpectAsync(ExitCodes.Partly, [.. import, "--overwrite"]);
        var taken = await app.GetAsync("/identity/1");
        Assert.Equal(("{\"more\":[\"y\"],\"own\":[\"x\"],\"site\":[\"rome\"]}", "21", true), (taken.GetProperty("tags").GetRawText(), taken.GetProperty("state").GetProperty("setpoint").GetProperty("set").GetRawText(), taken.GetProperty("locked").GetBoolean()));
        Assert.Equal("theirs", await target.DownloadAsync("a.txt"));
        Assert.True((await app.GetAsync("")).GetProperty("protocol").GetProperty("devmode").GetBoolean());
        await app.OkAsync("PATCH", "/identity/1", """{"locked":false}""");
        await Device(target, old).WriteAsync(("temperature", "1"));
        using var refused = await Device(target, own).PostAsync("temperature=1");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }

    [Fact]
    public async Task Bad_rows_stop_nothing_and_each_has_its_reason()
    {
        await using var target = await ContentApp.StartAsync(azurite);
        using var folder = new ExportedFolder();
        await folder.WriteAsync(
            $$"""{"identity_format":{"type":"nonsense"},"protocol":{"devmode":true},"resources":{"good":{"format":"number","settable":true},"b.d":{"format":"number"},"worse":{"format":"colour"} } }""",
            [
                """{"identity":"..","status":"whitelisted"}""",
                $$"""{"identity":"{{new string('x', 300)}}"}""",
                """{"identity":"ok","state":{"good":{"set":"warm"},"worse":{"set":"red"}}}""",
                """{"identity":"tagged","tags":[{"name":"..","value":"x"}]}""",
                """{"identity":"fine","state":{"good":{"set":"7"}},"reprovision":true,"status":"provisioned"}""",
            ],
            ("good.txt", "x"),
            ("../bad", "y"));
        await File.WriteAllTextAsync(folder.At("content/" + ContentApp.Sha256("x"u8.ToArray())), "z", Token);
        await folder.WriteTokensAsync([("..", new string('a', 40)), ("fine", new string('b', 40))]);

        await Admin(target).ExpectAsync(ExitCodes.Partly, "import", "--from", folder.Path, "--to", Address(target), "--connector", target.App.Connector, "--tokens", folder.Tokens);

        Assert.Equal(
            [
                "content ../bad file failed bad-content-id",
                "content good.txt file failed damaged",
                "device .. identity failed bad-identity",
                "device .. rest failed identity-failed",
                "device fine identity changed",
                "device fine reprovision changed",
                "device fine token changed",
                "device fine values changed",
                "device ok identity changed",
                "device ok values failed bad-format",
                "device ok values skipped unknown-resource",
                "device tagged identity failed bad-tag-name",
                "device tagged tags failed bad-tag-name",
                $"device {new string('x', 300)} identity failed bad-identity",
                "resource b.d resource failed bad-alias",
                "resource good resource changed",
                "resource worse resource failed enum-mismatch",
                "setting identity_format setting failed enum-mismatch",
                "setting protocol setting changed",
            ],
            await folder.ResultsAsync());
        var fine = await target.App.GetAsync("/identity/fine");
        Assert.Equal(("7", true, "provisioned"), (fine.GetProperty("state").GetProperty("good").GetProperty("set").GetRawText(), fine.GetProperty("reprovision").GetBoolean(), fine.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_token_that_was_revoked_stays_revoked_unless_it_is_to_be_overwritten()
    {
        await using var target = await ContentApp.StartAsync(azurite);
        var old = new string('a', 40);
        using var folder = new ExportedFolder();
        await folder.WriteAsync($$"""{"resources":{{Resources}}}""", ["""{"identity":"1","authType":"token","status":"provisioned"}"""]);
        await folder.WriteTokensAsync([("1", old)]);
        var admin = Admin(target);
        string[] import = ["import", "--from", folder.Path, "--to", Address(target), "--connector", target.App.Connector, "--tokens", folder.Tokens];
        await admin.ExpectAsync(ExitCodes.Done, import);
        await Device(target, old).WriteAsync(("temperature", "1"));
        await target.App.OkAsync("PATCH", "/identity/1", """{"auth":{"expire":0}}""");
        Assert.Equal("whitelisted", (await target.App.GetAsync("/identity/1")).GetProperty("status").GetString());

        await admin.ExpectAsync(ExitCodes.Partly, import);
        Assert.Contains(await folder.ResultsAsync(), line => line is "device 1 token conflict credential-revoked-here");
        using (var refused = await Device(target, old).PostAsync("temperature=1"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        }

        await admin.ExpectAsync(ExitCodes.Done, [.. import, "--overwrite"]);
        await Device(target, old).WriteAsync(("temperature", "1"));
    }

    [Fact]
    public async Task What_happens_while_an_import_runs_is_not_undone()
    {
        await using var target = await ContentApp.StartAsync(azurite);
        await target.App.OkAsync("PATCH", "", $$"""{"resources":{{Resources}}}""");
        await target.App.OkAsync("PATCH", "", """{"identity_format":{"options":{"length":0}}}""");
        using var folder = new ExportedFolder();
        await folder.WriteAsync("""{"resources":{"new":{"format":"number"}}}""", ["""{"identity":"d1","authType":"token","status":"provisioned"}"""]);
        await folder.WriteTokensAsync([("d1", new string('a', 40))]);
        string[] import = ["import", "--from", folder.Path, "--to", Address(target), "--connector", target.App.Connector, "--tokens", folder.Tokens];
        var admin = Admin(target);
        SimulatedDevice? device = null;
        admin.Before = number =>
        {
            // Number by number: when the settings were read and when the identity was made, whichever request that is.
            if (number == 3)
            {
                target.App.OkAsync("POST", "/resource/meanwhile", "{}").GetAwaiter().GetResult();
            }

            device ??= TryActivateAsync(target).GetAwaiter().GetResult();
        };
        await admin.ExpectAsync(ExitCodes.Partly, import);

        Assert.Contains(await folder.ResultsAsync(), line => line is "device d1 token conflict token-differs");
        await device!.WriteAsync(("temperature", "1"));
        var resources = (await target.App.GetAsync("")).GetProperty("resources");
        Assert.True(resources.TryGetProperty("meanwhile", out _) && resources.TryGetProperty("new", out _));
    }

    [Fact]
    public async Task Stopped_at_any_request_the_same_command_comes_to_the_same_end()
    {
        await using var target = await ContentApp.StartAsync(azurite);
        using var folder = new ExportedFolder();
        await folder.WriteAsync(
            $$"""{"resources":{{Resources}} }""",
            Enumerable.Range(0, 2).Select(i => $$"""{"identity":"d{{i}}","status":"provisioned","locked":{{(i == 1 ? "true" : "false")}},"tags":[{"name":"site","value":"s{{i}}"}],"state":{"setpoint":{"set":"{{20 + i}}"} } }"""),
            ("a.txt", "text"));
        await folder.WriteTokensAsync(Enumerable.Range(0, 2).Select(i => ($"d{i}", new string((char)('a' + i), 40))));
        var admin = Admin(target);
        string[] import = ["import", "--from", folder.Path, "--to", Address(target), "--connector", target.App.Connector, "--tokens", folder.Tokens];
        await admin.ExpectAsync(ExitCodes.Done, import);
        var whole = await ShowAsync(target);

        for (var last = 1; ; last++)
        {
            await ClearAsync(target);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
            admin.Before = number => (number >= last ? stop : null)?.Cancel();
            var (code, text) = await admin.RunAsync(stop.Token, import);
            admin.Before = null;
            if (code == ExitCodes.Done)
            {
                Assert.InRange(last, 10, 40); // it never came to so many requests
                break;
            }

            Assert.True(code == ExitCodes.Stopped, text);

            await admin.ExpectAsync(ExitCodes.Done, import);
            Assert.Equal(whole, await ShowAsync(target));
            await Device(target, new string('a', 40)).WriteAsync(("temperature", "1"));
        }
    }

    [Fact]
    public async Task Many_identities()
    {
        var (count, tokens) = (LongRun.Of(2_000, 10_000), LongRun.Of(100, 1_000));
        await using var target = await ContentApp.StartAsync(azurite);
        using var folder = new ExportedFolder();
        await folder.WriteAsync("""{"resources":{}}""", Enumerable.Range(0, count).Select(i => $$"""{"identity":"device-{{i:D6}}","status":"{{(i < tokens ? "provisioned" : "whitelisted")}}","tags":[{{(i % 20 == 0 ? """{"name":"site","value":"oslo"}""" : "")}}]}"""));
        await folder.WriteTokensAsync(Enumerable.Range(0, tokens).Select(i => ($"device-{i:D6}", $"{i:D40}")));
        var admin = Admin(target);

        // A connector that is made by the first run is found by the second.
        string[] import = ["import", "--from", folder.Path, "--to", Address(target), "--create", "moved", "--tokens", folder.Tokens];
        var began = TimeProvider.System.GetTimestamp();
        await admin.ExpectAsync(ExitCodes.Done, import);
        output.WriteLine($"{count} identities, {tokens} tokens: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s, {admin.Requests} requests");
        Assert.Equal(count + tokens + (count / 20), (await folder.ResultsAsync()).Count(line => line.EndsWith(" changed", StringComparison.Ordinal)));

        began = TimeProvider.System.GetTimestamp();
        Assert.Contains("Nothing changed.", await admin.ExpectAsync(ExitCodes.Done, import), StringComparison.Ordinal);
        output.WriteLine($"again: {TimeProvider.System.GetElapsedTime(began).TotalSeconds:F1} s, {admin.Requests} requests");
        Assert.Equal(count, (await folder.ResultsAsync()).Count(line => line.EndsWith(" identity unchanged", StringComparison.Ordinal)));
    }

    private static async Task<IReadOnlyList<SimulatedDevice>> PrepareAsync(ContentApp source)
    {
        var app = source.App;
        await app.OkAsync("PATCH", "", $$"""{"resources":{{Resources}}}""");
        await app.OkAsync("PATCH", "", """{"identity_format":{"options":{"length":0}},"protocol":{"devmode":true},"description":"pumps"}""");
        List<SimulatedDevice> devices = [];
        foreach (var identity in (string[])["one", "locked", "again"])
        {
            var device = await SimulatedDevice.ActivateAsync(app.App, identity);
            await device.WriteAsync(("temperature", "21.5"), ("setpoint", "20"));
            devices.Add(device);
        }

        await SimulatedDevice.ActivateAsync(app.App, "no/token ü");
        await app.OkAsync("PATCH", "/identity/one/state", """{"setpoint":22,"on":true,"a,b":"x,y"}""");
        await app.OkAsync("POST", "/identity/one/tag", """{"tags":[{"name":"site","value":"oslo"},{"name":"site","value":"rome"},{"name":"n","value":"ä, \"b\""}]}""");
        await app.OkAsync("PATCH", "/identity/locked", """{"locked":true}""");
        await app.OkAsync("PATCH", "/identity/again", """{"reprovision":true}""");
        await app.OkAsync("PUT", "/identity/whitelisted", """{"auth":{"type":"password","expire":2500000000000000}}""");
        await app.OkAsync("PUT", "/identity/plain", "{}");
        await source.UploadAsync("a/b.txt", "some text", "&tags=" + Uri.EscapeDataString("""{"description":"log","k":["a","b"]}"""));
        await source.UploadAsync("empty", "");
        using var upload = new HttpRequestMessage(HttpMethod.Put, "/provision/upload?id=log.txt") { Content = new StringContent("of a device") };
        upload.Headers.Add("X-Exosite-CIK", devices[0].Token);
        upload.Headers.Host = SimulatedDevice.HostOf(app.App);
        using var uploaded = await app.App.Client.SendAsync(upload, Token);
        Assert.Equal(HttpStatusCode.NoContent, uploaded.StatusCode);
        return devices;
    }

    // All that can move: settings and resources, identities without what they report and without times, and the connector's own files.
    private static async Task<string> ShowAsync(ContentApp app)
    {
        var settings = await app.App.GetAsync("");
        List<string> lines = [.. ((string[])["description", "protocol", "identity_format", "provisioning", "resources"]).Select(key => $"{key} {settings.GetProperty(key)}")];
        foreach (var device in (await app.App.GetAsync("/identity/?order=identity&tags=true")).GetProperty("devices").EnumerateArray())
        {
            var identity = device.GetProperty("identity").GetString()!;
            var state = (await app.App.GetAsync($"/identity/{Uri.EscapeDataString(identity)}/state")).EnumerateObject().Where(value => value.Value.TryGetProperty("set", out _)).Select(value => $"{value.Name}={value.Value.GetProperty("set")}");
            var status = identity.StartsWith("no/", StringComparison.Ordinal) ? "" : device.GetProperty("status").GetString(); // it has to activate
            lines.Add($"{identity} {device.GetProperty("auth")} {status} {device.GetProperty("locked")} {device.GetProperty("reprovision")} {device.GetProperty("tags")} {string.Join('&', state)}");
        }

        foreach (var item in (await app.JsonAsync("GET", "?full=true")).EnumerateArray().Where(item => !item.GetProperty("id").GetString()!.StartsWith("device2/", StringComparison.Ordinal)))
        {
            lines.Add($"{item.GetProperty("id")} {item.GetProperty("type")} {item.GetProperty("length")} {(item.TryGetProperty("tags", out var tags) ? tags.ToString() : "")}");
        }

        return string.Join('\n', lines);
    }

    private static async Task ClearAsync(ContentApp app)
    {
        var (status, _) = await app.App.CallAsync("POST", "/jobs", """{"kind":"delete","filter":{}}""");
        Assert.Equal(HttpStatusCode.OK, status);
        await app.CallAsync("DELETE", "");
    }

    // As soon as the identity is known, as a device would that tries again and again.
    private static async Task<SimulatedDevice?> TryActivateAsync(ContentApp app)
    {
        var known = await app.App.CallAsync("GET", "/identity/d1");
        return known.Status == HttpStatusCode.OK ? await SimulatedDevice.ActivateAsync(app.App.App, "d1") : null;
    }

    private static SimulatedDevice Device(ContentApp app, string token) => SimulatedDevice.With(app.App.App.Client, SimulatedDevice.HostOf(app.App.App), "", token);

    private static string Address(ContentApp app) => app.App.App.Https.ToString();

    private static AdminCommandLine Admin(params ContentApp[] apps)
    {
        var admin = new AdminCommandLine();
        admin.Trusted.AddRange(apps.Select(app => app.App.App));
        admin.Variables["MURANO_TOKEN"] = apps[^1].App.Secret;
        return admin;
    }
}
