using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>Work on many identities at once, with a result for each.</summary>
public sealed class JobTests(AzuriteFixture azurite, ITestOutputHelper output)
{
    private const string Rows =
        """[{"identity":"a","tags":{"site":["berlin","oslo"]}},{"identity":"b","locked":true},{"identity":"..","locked":true},{"identity":"c","auth":{"type":"hash"}},{"identity":"d","auth":{"type":"token","key":"0123456789ABCDEFabcdef0123456789ABCDEFab"}},{"identity":"e","tags":{"":["x"]}}]""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_has_a_result_for_each_row_does_nothing_in_a_dry_run_and_changes_nothing_the_second_time()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        List<string> expected = ["a changed ", "b changed ", ".. failed bad-identity", "c failed enum-mismatch", "d failed secret-in-job", "e failed bad-tag-name"];

        var dry = await StartAsync(app, $$"""{"kind":"import","rows":{{Rows}},"dryRun":true}""");
        Assert.Equal("import done 6/6 changed 2 unchanged 0 failed 4", Summary(dry));
        Assert.Equal(expected, await ResultsAsync(app, dry));
        Assert.Equal(0, await CountAsync(app, ""));

        var first = await StartAsync(app, $$"""{"kind":"import","rows":{{Rows}}}""");
        Assert.Equal("import done 6/6 changed 2 unchanged 0 failed 4", Summary(first));
        Assert.Equal(expected, await ResultsAsync(app, first));
        Assert.Equal(1, await CountAsync(app, "?tag=site=berlin&tag=site=oslo"));
        Assert.Equal(1, await CountAsync(app, "?locked=yes"));

        var second = await StartAsync(app, $$"""{"kind":"import","rows":{{Rows}}}""");
        Assert.Equal("import done 6/6 changed 0 unchanged 2 failed 4", Summary(second));
        Assert.Equal([.. expected.Select(row => row.Replace("changed ", "unchanged ", StringComparison.Ordinal))], await ResultsAsync(app, second));
        await AssertConsistentAsync(app);
        Assert.DoesNotContain(await BlobsAsync(app), blob => blob.Contains("!in!", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_brings_certificates_and_tags()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        using var certificate = TestCertificates.SelfSigned("CN=with");
        var table = $"ID,tag:site,SSL Client Certificate,tag:site,tag:floor\nwith,berlin,\"{certificate.ExportCertificatePem()}\",oslo,\nplain,,,,3\nlong,{new string('x', 201)},,,\nmuch,,,,,too\n..,,,,\n";

        var job = await PostTableAsync(app, table, dryRun: false);

        Assert.Equal("import done 5/5 changed 2 unchanged 0 failed 3", Summary(job));
        Assert.Equal(["with changed ", "plain changed ", "long failed bad-tag-value", "much failed bad-row", ".. failed bad-identity"], await ResultsAsync(app, job));
        var shown = await app.GetAsync("/identity/with");
        Assert.Equal("provisioned certificate {\"site\":[\"berlin\",\"oslo\"]}", $"{shown.GetProperty("status")} {shown.GetProperty("auth").GetProperty("type")} {shown.GetProperty("tags").GetRawText()}");
        Assert.Equal("import done 5/5 changed 0 unchanged 2 failed 3", Summary(await PostTableAsync(app, table, dryRun: true)));
        Assert.Equal(["with", "plain"], await NamesAsync(app));
    }

    [Fact]
    public async Task A_filter_or_a_list_says_which_identities_are_changed()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PATCH", "", """{"resources":{"led":{"format":"boolean","settable":true},"level":{"format":"number"}}}""");
        await StartAsync(app, """{"kind":"import","rows":[{"identity":"a","tags":{"site":"berlin"}},{"identity":"b","tags":{"site":"berlin"}},{"identity":"c","tags":{"site":"oslo"}}]}""");

        var preview = await app.CallAsync("POST", "/jobs", """{"kind":"lock","filter":{"q":"tag:site=berlin"},"preview":true}""");
        Assert.Equal((HttpStatusCode.OK, """{"total":2,"identities":["a","b"]}"""), preview);

        await ExpectAsync(app, """{"kind":"lock","filter":{"tag":"site=berlin"},"dryRun":true}""", "lock done 2/2 changed 2 unchanged 0 failed 0");
        Assert.Equal(0, await CountAsync(app, "?locked=yes"));
        await ExpectAsync(app, """{"kind":"lock","filter":{"tag":"site=berlin"}}""", "lock done 2/2 changed 2 unchanged 0 failed 0");
        Assert.Equal(2, await CountAsync(app, "?locked=yes"));
        await ExpectAsync(app, """{"kind":"lock","filter":{}}""", "lock done 3/3 changed 1 unchanged 2 failed 0");
        await ExpectAsync(app, """{"kind":"unlock","identities":["a","a","zz"]}""", "unlock done 2/2 changed 1 unchanged 0 failed 1");
        await ExpectAsync(app, """{"kind":"tag","filter":{"locked":true},"tags":{"state":"shut"},"remove":["site"]}""", "tag done 2/2 changed 2 unchanged 0 failed 0");
        Assert.Equal(2, await CountAsync(app, "?tag=state=shut"));
        Assert.Equal(1, await CountAsync(app, "?tag=site"));
        await ExpectAsync(app, """{"kind":"tag","filter":{},"remove":{"state":["shut"]}}""", "tag done 3/3 changed 2 unchanged 1 failed 0");
        await ExpectAsync(app, """{"kind":"state","filter":{},"state":{"led":true}}""", "state done 3/3 changed 3 unchanged 0 failed 0");
        Assert.Equal("true", (await app.GetAsync("/identity/a/state")).GetProperty("led").GetProperty("set").GetRawText());
        await ExpectAsync(app, """{"kind":"state","filter":{},"state":{"level":1}}""", "state done 3/3 changed 0 unchanged 0 failed 3");
        await ExpectAsync(app, """{"kind":"delete","filter":{"id":"a*"},"dryRun":true}""", "delete done 1/1 changed 1 unchanged 0 failed 0");
        await ExpectAsync(app, """{"kind":"delete","identities":["a","b","zz"]}""", "delete done 3/3 changed 2 unchanged 1 failed 0");
        Assert.Equal(["c"], await NamesAsync(app));
        await AssertConsistentAsync(app);
    }

    [Fact]
    public async Task What_is_exported_is_imported_elsewhere_as_it_was()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await using var other = await ManagementApp.StartAsync(azurite);
        await StartAsync(app, """{"kind":"import","rows":[{"identity":"a b/c","locked":true,"tags":{"site":["berlin","oslo"],"floor":["1"]}},{"identity":"é","auth":{"type":"password","expire":1900000000000000}},{"identity":"z"}]}""");

        var exported = await ExportAsync(app);
        await StartAsync(other, $$"""{"kind":"import","rows":{{exported}}}""");

        Assert.Contains("oslo", exported, StringComparison.Ordinal);
        Assert.Equal(exported, await ExportAsync(other));
    }

    [Fact]
    public async Task An_exported_table_is_imported_elsewhere_as_it_is()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await using var other = await ManagementApp.StartAsync(azurite);
        await StartAsync(app, """{"kind":"import","rows":[{"identity":"a b,c","locked":true,"tags":{"site":["berlin","o\"slo"],"floor":[" 1 "]}},{"identity":"é","auth":{"type":"password","expire":1900000000000000}},{"identity":"z"}]}""");

        var exported = await TableAsync(app, await StartAsync(app, """{"kind":"export","filter":{}}"""));
        Assert.Equal("ID,locked,auth,expire,tag:floor,tag:site,tag:site\r\né,false,password,1900000000000000,,,\r\n\"a b,c\",true,token,,\" 1 \",berlin,\"o\"\"slo\"\r\nz,false,token,,,,\r\n", exported);
        var imported = await PostTableAsync(other, exported, dryRun: false);

        Assert.Equal("ID,result,reason,message\r\né,changed,,\r\n\"a b,c\",changed,,\r\nz,changed,,\r\n", await TableAsync(other, imported));
        Assert.Equal(await ExportAsync(app), await ExportAsync(other));
        Assert.Equal(exported, await TableAsync(other, await StartAsync(other, """{"kind":"export","filter":{}}""")));
        Assert.Equal("import done 3/3 changed 0 unchanged 3 failed 0", Summary(await PostTableAsync(app, exported, dryRun: false)));
        Assert.Equal("ID,locked,auth,expire\r\n", await TableAsync(app, await StartAsync(app, """{"kind":"export","filter":{"id":"none"}}""")));
        await app.RefusedAsync(400, "bad-parameter", "GET", $"/jobs/{IdOf(imported)}/results?format=xml");
        await app.RefusedAsync(404, "unknown-job", "GET", $"/jobs/{IdOf(imported)}/results?format=csv");
        Assert.Equal(["x failed bad-row", "y failed bad-row", "z failed bad-row"], await ResultsAsync(app, await PostTableAsync(app, "ID,EXPIRE,locked,auth\nx,soon,,\ny,,perhaps,\nz,,,hash\n", dryRun: true)));
    }

    [Fact]
    public async Task An_export_of_very_many_names_is_no_table()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var rows = Enumerable.Range(0, 11).Select(i => "{\"identity\":\"d" + i + "\",\"tags\":{" + string.Join(',', Enumerable.Range(0, 91).Select(n => $"\"n{i}.{n}\":\"x\"")) + "}}");
        await StartAsync(app, $$"""{"kind":"import","rows":[{{string.Join(',', rows)}}]}""");
        var job = await StartAsync(app, """{"kind":"export","filter":{}}""");

        await app.RefusedAsync(413, "too-many-columns", "GET", $"/jobs/{IdOf(job)}/results?format=csv");
        Assert.Equal(11, (await ResultsAsync(app, job)).Count);
    }

    [Fact]
    public async Task Requests_that_cannot_be_are_refused_and_start_nothing()
    {
        await using var app = await ManagementApp.StartAsync(azurite);

        await app.RefusedAsync(400, "bad-json", "POST", "/jobs");
        await app.RefusedAsync(400, "bad-parameter", "POST", "/jobs", "{}");
        await app.RefusedAsync(400, "bad-parameter", "POST", "/jobs", """{"kind":"explode","filter":{}}""");
        await app.RefusedAsync(400, "bad-parameter", "POST", "/jobs", """{"kind":"delete"}""");
        await app.RefusedAsync(400, "bad-parameter", "POST", "/jobs", """{"kind":"delete","filter":{"taag":"x"}}""");
        await app.RefusedAsync(400, "bad-parameter", "POST", "/jobs", """{"kind":"delete","filter":{"locked":7}}""");
        await app.RefusedAsync(400, "bad-parameter", "POST", "/jobs", """{"kind":"delete","identities":[7]}""");
        await app.RefusedAsync(400, "invalid-type", "POST", "/jobs", """{"kind":"lock","filter":{},"dryRun":"yes"}""");
        await app.RefusedAsync(400, "bad-json", "POST", "/jobs", """{"kind":"import","rows":[7]}""");
        await app.RefusedAsync(400, "invalid-type", "POST", "/jobs", """{"kind":"tag","filter":{},"remove":7}""");
        await app.RefusedAsync(400, "bad-value", "POST", "/jobs", """{"kind":"state","filter":{},"state":{"a":[]}}""");
        await app.RefusedAsync(413, "too-many-rows", "POST", "/jobs", $$"""{"kind":"lock","identities":[{{string.Join(',', Enumerable.Range(0, 10_001).Select(i => $"\"{i}\""))}}]}""");
        await app.RefusedAsync(404, "unknown-job", "GET", "/jobs/" + new string('0', 32));
        await app.RefusedAsync(404, "unknown-job", "GET", "/jobs/settings/results");
        await app.RefusedAsync(400, "bad-cursor", "GET", "/jobs/settings/results?cursor=-1");
        await app.RefusedAsync(404, "unknown-job", "DELETE", "/jobs/settings");

        Assert.Equal((HttpStatusCode.OK, """{"jobs":[]}"""), await app.CallAsync("GET", "/jobs"));
        Assert.Equal("import done 0/0 changed 0 unchanged 0 failed 0", Summary(await StartAsync(app, """{"kind":"import","rows":[]}""")));
    }

    [Fact]
    public async Task A_job_is_cancelled_in_the_middle_and_removed_afterwards()
    {
        var probe = new StorageProbe();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Policies = [probe] });
        var rows = string.Join(',', Enumerable.Range(0, 600).Select(i => $$"""{"identity":"d{{i}}"}"""));
        probe.Interfere = (_, request) => Uri.UnescapeDataString(request.Uri.ToString()).Contains("!in!0001", StringComparison.Ordinal) && request.Method == Azure.Core.RequestMethod.Get ? StorageFault.Refused : StorageFault.None;

        await app.RefusedAsync(503, "storage-unavailable", "POST", "/jobs", $$"""{"kind":"import","rows":[{{rows}}]}""");
        probe.Reset();
        var job = (await app.GetAsync("/jobs")).GetProperty("jobs")[0];
        Assert.Equal("import running 500/600 changed 500 unchanged 0 failed 0", Summary(job));
        await app.OkAsync("DELETE", $"/jobs/{IdOf(job)}", null);

        job = await app.GetAsync($"/jobs/{IdOf(job)}");
        Assert.Equal("import cancelled 500/600 changed 500 unchanged 0 failed 0", Summary(job));
        Assert.Equal(500, (await ResultsAsync(app, job)).Count);
        Assert.Equal(500, await CountAsync(app, ""));
        await app.OkAsync("DELETE", $"/jobs/{IdOf(job)}", null);
        await app.RefusedAsync(404, "unknown-job", "GET", $"/jobs/{IdOf(job)}");
        Assert.Empty(await BlobsAsync(app));
    }

    [Theory]
    [InlineData("import", """{"kind":"import","rows":[{"identity":"n1","tags":{"site":"x"}},{"identity":"n2"},{"identity":".."}]}""")]
    [InlineData("lock", """{"kind":"lock","identities":["old1","old2"]}""")]
    [InlineData("delete", """{"kind":"delete","identities":["old1","old2"]}""")]
    [InlineData("tag", """{"kind":"tag","identities":["old1","old2"],"tags":{"k":"w"},"replace":true}""")]
    [InlineData("state", """{"kind":"state","identities":["old1","old2"],"state":{"led":true}}""")]
    public async Task Ended_at_any_request_a_job_is_whole_or_was_never_there_after_the_sweep(string kind, string body)
    {
        var (time, probe, ended) = (new FakeTimeProvider(TimeProvider.System.GetUtcNow()), new StorageProbe(), 0);
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Policies = [probe], Time = time });
        await app.OkAsync("PATCH", "", """{"resources":{"led":{"format":"boolean","settable":true}}}""");
        for (var at = 1; ; at++)
        {
            await StartAsync(app, """{"kind":"import","rows":[{"identity":"old1","locked":false,"tags":{"k":"v"}},{"identity":"old2","locked":false}]}""");
            await StartAsync(app, """{"kind":"delete","identities":["n1","n2"]}""");
            await ClearAsync(app);
            probe.Reset();
            var last = at;
            probe.Interfere = (number, _) => number >= last ? StorageFault.Refused : StorageFault.None;
            var (status, _) = await app.CallAsync("POST", "/jobs", body);
            probe.Reset();

            // What a sweep cannot finish because storage is slow stays for the next one.
            for (var sweeps = 0; sweeps == 0 || (sweeps < 3 && (await TodoAsync(app)).Count > 0); sweeps++)
            {
                time.Advance(TimeSpan.FromMinutes(3));
                await app.App.Services.GetRequiredService<Sweeper>().RunAsync(Token);
            }

            var jobs = (await app.GetAsync("/jobs")).GetProperty("jobs");
            if (jobs.GetArrayLength() > 0)
            {
                Assert.StartsWith($"{kind} done", Summary(jobs[0]), StringComparison.Ordinal);
                Assert.Equal(jobs[0].GetProperty("total").GetInt32(), (await ResultsAsync(app, jobs[0])).Count);
                ended++;
            }
            else
            {
                Assert.Empty(await BlobsAsync(app));
            }

            Assert.DoesNotContain(await BlobsAsync(app), blob => blob.Contains("!in!", StringComparison.Ordinal));
            Assert.Empty(await TodoAsync(app));
            await AssertConsistentAsync(app);
            if (status == HttpStatusCode.OK)
            {
                break;
            }
        }

        Assert.InRange(ended, 2, int.MaxValue);
    }

    [Fact]
    public async Task Two_instances_that_are_asked_at_once_do_each_row_once()
    {
        await using var one = await ManagementApp.StartAsync(azurite);
        await using var two = await ManagementApp.StartAsync(azurite, new TestAppOptions { TablePrefix = one.App.TablePrefix });
        var rows = string.Join(',', Enumerable.Range(0, 1200).Select(i => $$"""{"identity":"d{{i}}"}"""));

        var started = StartAsync(one, $$"""{"kind":"import","rows":[{{rows}}]}""");
        JsonElement seen;
        do
        {
            var jobs = (await two.GetAsync("/jobs")).GetProperty("jobs");
            seen = jobs.GetArrayLength() > 0 ? await two.GetAsync($"/jobs/{IdOf(jobs[0])}") : default;
        }
        while (seen.ValueKind == JsonValueKind.Undefined || IsRunning(seen));

        Assert.Equal("import done 1200/1200 changed 1200 unchanged 0 failed 0", Summary(await started));
        Assert.Equal(1200, (await ResultsAsync(two, seen)).Count);
        Assert.Equal(1200, await CountAsync(two, ""));
    }

    [Fact]
    public async Task A_large_import_with_bad_rows()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var count = LongRun.Of(1000, 10_000);
        var table = "ID,tag:site\n" + string.Join('\n', Enumerable.Range(0, count).Select(i => i % 100 == 99 ? "..,x" : string.Create(CultureInfo.InvariantCulture, $"device-{i:D5},site-{i % 10}")));

        var clock = Stopwatch.StartNew();
        var job = await EndedAsync(app, await PostTableAsync(app, table, dryRun: false));
        output.WriteLine($"{count} rows: {clock.Elapsed.TotalSeconds:F1} s");
        Assert.Equal($"import done {count}/{count} changed {count - (count / 100)} unchanged 0 failed {count / 100}", Summary(job));
        Assert.Equal(count, (await ResultsAsync(app, job)).Count);

        clock.Restart();
        job = await EndedAsync(app, await PostTableAsync(app, table, dryRun: false));
        output.WriteLine($"again: {clock.Elapsed.TotalSeconds:F1} s");
        Assert.Equal($"import done {count}/{count} changed 0 unchanged {count - (count / 100)} failed {count / 100}", Summary(job));
        Assert.Equal(count - (count / 100), await CountAsync(app, ""));
    }

    private static async Task<JsonElement> EndedAsync(ManagementApp app, JsonElement job)
    {
        while (IsRunning(job))
        {
            job = await app.GetAsync($"/jobs/{IdOf(job)}");
        }

        return job;
    }

    private static async Task ExpectAsync(ManagementApp app, string body, string summary) => Assert.Equal(summary, Summary(await StartAsync(app, body)));

    private static async Task<JsonElement> StartAsync(ManagementApp app, string body)
    {
        var (status, text) = await app.CallAsync("POST", "/jobs", body);
        Assert.True(status == HttpStatusCode.OK, $"{status} {text}");
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<JsonElement> PostTableAsync(ManagementApp app, string table, bool dryRun)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api:1/service/{app.Connector}/device2/jobs")
        {
            Content = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(table)), "identities", "devices.csv" }, { new StringContent(dryRun ? "true" : "false"), "dryRun" } },
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"token {app.Secret}");
        using var reply = await app.App.Client.SendAsync(request, Token);
        var text = await reply.Content.ReadAsStringAsync(Token);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        return JsonSerializer.Deserialize<JsonElement>(text);
    }

    private static async Task<string> TableAsync(ManagementApp app, JsonElement job)
    {
        using var reply = await app.SendAsync("GET", $"/api:1/service/{app.Connector}/device2/jobs/{IdOf(job)}/results?format=csv", null, $"token {app.Secret}");
        Assert.Equal(("text/csv; charset=utf-8", $"attachment; filename={job.GetProperty("kind").GetString()}-{IdOf(job)}.csv"), (reply.Content.Headers.ContentType?.ToString(), reply.Content.Headers.ContentDisposition?.ToString().Replace("\"", "", StringComparison.Ordinal)));
        return await reply.Content.ReadAsStringAsync(Token);
    }

    private static async Task<string> ExportAsync(ManagementApp app)
    {
        var job = await StartAsync(app, """{"kind":"export","filter":{}}""");
        var page = await app.GetAsync($"/jobs/{IdOf(job)}/results");
        return $"[{string.Join(',', page.GetProperty("results").EnumerateArray().Select(result => result.GetProperty("row").GetRawText()))}]";
    }

    private static async Task<List<string>> ResultsAsync(ManagementApp app, JsonElement job)
    {
        List<string> results = [];
        string? cursor = null;
        do
        {
            var page = await app.GetAsync($"/jobs/{IdOf(job)}/results?cursor={cursor}");
            results.AddRange(page.GetProperty("results").EnumerateArray().Select(row => $"{row.GetProperty("identity")} {row.GetProperty("result")} {(row.TryGetProperty("reason", out var reason) ? reason : "")}"));
            cursor = page.TryGetProperty("cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);

        return results;
    }

    private static async Task ClearAsync(ManagementApp app)
    {
        foreach (var job in (await app.GetAsync("/jobs")).GetProperty("jobs").EnumerateArray())
        {
            await app.OkAsync("DELETE", $"/jobs/{IdOf(job)}", null);
        }
    }

    private static bool IsRunning(JsonElement job) => string.Equals(job.GetProperty("status").GetString(), "running", StringComparison.Ordinal);

    private static string IdOf(JsonElement job) => job.GetProperty("id").GetString()!;

    private static string Summary(JsonElement job) =>
        $"{job.GetProperty("kind")} {job.GetProperty("status")} {job.GetProperty("processed")}/{job.GetProperty("total")} changed {job.GetProperty("changed")} unchanged {job.GetProperty("unchanged")} failed {job.GetProperty("failed")}";

    private static async Task<int> CountAsync(ManagementApp app, string query) => (await app.GetAsync($"/identities/count{query}")).GetProperty("count").GetInt32();

    private static async Task<List<string>> NamesAsync(ManagementApp app) =>
        [.. (await app.GetAsync("/identity/")).GetProperty("devices").EnumerateArray().Select(device => device.GetProperty("identity").GetString()!)];

    private static async Task<List<string>> BlobsAsync(ManagementApp app)
    {
        List<string> names = [];
        var container = app.App.Services.GetRequiredService<Containers>().Content(app.Id);
        if (await container.ExistsAsync(Token))
        {
            await foreach (var blob in container.GetBlobsAsync(cancellationToken: Token))
            {
                names.Add(blob.Name);
            }
        }

        return names;
    }

    private static async Task<List<string>> TodoAsync(ManagementApp app)
    {
        List<string> rows = [];
        await foreach (var row in app.App.Services.GetRequiredService<Tables>().Todo.QueryAsync<Azure.Data.Tables.TableEntity>("Kind ne 'purge'", cancellationToken: Token))
        {
            rows.Add($"{row.GetString("Kind")} {row.RowKey}");
        }

        return rows;
    }

    private static async Task AssertConsistentAsync(ManagementApp app)
    {
        var (status, body) = await app.CallAsync("POST", "/check");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(0, JsonSerializer.Deserialize<JsonElement>(body).GetProperty("differences").GetArrayLength());
    }
}
