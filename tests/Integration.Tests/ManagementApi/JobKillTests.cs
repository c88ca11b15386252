using System.Globalization;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>The process is killed in the middle of an import; after the next start it goes on, and each row has one result.</summary>
public sealed class JobKillTests
{
    private const int Rows = 3000;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_import_goes_on_after_the_process_was_killed()
    {
        using var folder = new TemporaryFolder();
        await using (var killed = RealProcess.Start(folder.Path))
        {
            using var client = Client(await killed.ReadyAsync());
            var table = "ID,tag:site\n" + string.Join('\n', Enumerable.Range(0, Rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"device-{i:D5},site-{i % 10}")));
            var posted = client.PostAsync(new Uri("jobs", UriKind.Relative), new MultipartFormDataContent { { new StringContent(table), "identities" } }, Token);
            await Eventually.TrueAsync(async () => await FirstAsync(client) is { } job && Number(job, "processed") is > 0 and < Rows, "the import has begun", TimeSpan.FromSeconds(60));
            await killed.SignalGroupAsync("KILL");
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => posted);
        }

        await using var process = RealProcess.Start(folder.Path);
        using var again = Client(await process.ReadyAsync());
        var found = (await FirstAsync(again))!.Value;
        Assert.InRange(Number(found, "processed"), 1, Rows - 1);
        var id = found.GetProperty("id").GetString();

        // Whoever had the step has it for a minute.
        JsonElement ended = default;
        await Eventually.TrueAsync(async () => string.Equals((ended = await GetAsync(again, $"jobs/{id}")).GetProperty("status").GetString(), "done", StringComparison.Ordinal), "the import has ended", TimeSpan.FromMinutes(3));

        Assert.Equal((Rows, Rows, 0), (Number(ended, "total"), Number(ended, "processed"), Number(ended, "failed")));
        var lines = (await again.GetStringAsync(new Uri($"jobs/{id}/results?format=csv", UriKind.Relative), Token)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Enumerable.Range(0, Rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"device-{i:D5}")), lines.Skip(1).Select(line => line[..line.IndexOf(',', StringComparison.Ordinal)]), StringComparer.Ordinal);
        Assert.Equal(Rows, Number(await GetAsync(again, "identities/count"), "count"));
        Assert.Equal(Rows / 10, Number(await GetAsync(again, "identities/count?tag=site=site-7"), "count"));
    }

    private static HttpClient Client(RunInfo run)
    {
        var client = new HttpClient { BaseAddress = new Uri($"{run.Http.TrimEnd('/')}/api:1/service/{run.Connector}/device2/"), Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"token {run.Operator!.Secret}");
        return client;
    }

    private static async Task<JsonElement?> FirstAsync(HttpClient client)
    {
        var jobs = (await GetAsync(client, "jobs")).GetProperty("jobs");
        return jobs.GetArrayLength() > 0 ? jobs[0] : null;
    }

    private static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        JsonSerializer.Deserialize<JsonElement>(await client.GetStringAsync(new Uri(path, UriKind.Relative), Token));

    private static int Number(JsonElement json, string name) => json.GetProperty(name).GetInt32();
}
