using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.Telemetry;

/// <summary>Exporters in a process of their own, in which nothing else happens.</summary>
public sealed class ExportProcessTests(AzuriteFixture azurite)
{
    private const string Key = "00000000-0000-0000-0000-000000000000";

    private static readonly string[] Delays = ["OTEL_METRIC_EXPORT_INTERVAL", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_BLRP_SCHEDULE_DELAY"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_sent_in_a_life_without_a_request()
    {
        // The timer's run counts as one: once more if it came in between.
        long turn;
        do
        {
            turn = Turn();
            await using var receiver = await TelemetryReceiver.StartAsync();
            using var folder = new TemporaryFolder();
            await using var process = Start(folder, receiver);
            await process.ReadyAsync();
            await process.SignalAsync("TERM");

            Assert.Equal(0, await process.ExitAsync());
            if (turn == Turn())
            {
                Assert.Equal(0, receiver.Connections);
            }
        }
        while (turn != Turn());
    }

    [Fact]
    public async Task A_collector_gets_spans_logs_and_metrics_of_a_request_under_the_trace_id_that_its_error_body_has()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        using var folder = new TemporaryFolder();
        await using var process = Start(folder, receiver);
        var run = await process.ReadyAsync();
        using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
        var device = await SimulatedDevice.ActivateAsync(client, run.Fqdn!, "sn-1");
        await device.WriteAsync(("temp", "1"));
        var trace = await RefusedAsync(run);

        await Eventually.TrueAsync(() => receiver.Spans.Any(span => span.Hex(1).Equals(trace, StringComparison.Ordinal) && span.Text(5) is "Management_Identity_Get"), "the request's span");
        await Eventually.TrueAsync(() => receiver.Logs.Any(line => line.Hex(9).Equals(trace, StringComparison.Ordinal)), "a log line of the request");
        await Eventually.TrueAsync(() => receiver.Metrics.Any(metric => metric.Text(1) is "murano.refusals") && receiver.Metrics.Any(metric => metric.Text(1) is "murano.storage.duration"), "metrics");

        var span = receiver.Spans.First(span => span.Hex(1).Equals(trace, StringComparison.Ordinal) && span.Text(5) is "Management_Identity_Get");
        Assert.Equal("", span.Hex(4)); // no parent
        Assert.Equal(2UL, span.Whole(6)); // server
        var attributes = span.Attributes(9);
        Assert.Equal(("GET", "/api:1/service/{connector}/device2/identity/{identity}", "404", "unknown-identity"), (attributes["http.request.method"], attributes["http.route"], attributes["http.response.status_code"], attributes["murano.reason"]));

        var asked = receiver.Spans.Where(other => other.Hex(4).Equals(span.Hex(2), StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(asked);
        Assert.All(asked, storage => Assert.Equal(("storage table", 3UL), (storage.Text(5), storage.Whole(6))));
        Assert.All(asked, storage => Assert.Equal(["http.request.method", "http.response.status_code", "microsoft.sample_rate", "murano.outcome"], storage.Attributes(9).Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal));

        Assert.Contains(receiver.Logs, line => line.Hex(9).Equals(trace, StringComparison.Ordinal) && line.At(5).Single().Text(1).Contains("unknown-identity", StringComparison.Ordinal));
        Assert.Contains(receiver.Spans, one => one.Text(5) is "Device_State_Write");
        foreach (var (name, unit) in ((string, string)[])[("murano.requests", "{request}"), ("murano.requests.duration", "s"), ("murano.refusals", "{refusal}"), ("murano.storage.requests", "{request}"), ("murano.storage.duration", "s")])
        {
            Assert.Equal(unit, receiver.Metrics.First(metric => metric.Text(1).Equals(name, StringComparison.Ordinal)).Text(3));
        }

        Assert.All(receiver.Resources, resource =>
        {
            Assert.Equal(("murano", "0.1.0"), (resource["service.name"], resource["service.version"]));
            Assert.Matches("^[0-9a-f]{16}$", resource["service.instance.id"]);
        });
    }

    [Fact]
    public async Task Application_Insights_gets_all_three_and_nobody_else_is_called()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        using var folder = new TemporaryFolder();
        await using var process = Start(folder, receiver);
        var trace = await RefusedAsync(await process.ReadyAsync());

        await Eventually.TrueAsync(() => Of(receiver, "RequestData").Any(item => Operation(item).Equals(trace, StringComparison.Ordinal)), "the request");
        await Eventually.TrueAsync(() => Of(receiver, "MetricData").Any(item => item.GetRawText().Contains("murano.refusals", StringComparison.Ordinal)), "metrics");
        await Eventually.TrueAsync(() => Of(receiver, "MessageData").Any(item => Operation(item).Equals(trace, StringComparison.Ordinal)), "the log line");
        await process.SignalAsync("TERM");
        Assert.Equal(0, await process.ExitAsync());

        var request = Of(receiver, "RequestData").First(item => Operation(item).Equals(trace, StringComparison.Ordinal));
        Assert.Equal("murano", request.GetProperty("tags").GetProperty("ai.cloud.role").GetString());
        Assert.Matches("^[0-9a-f]{16}$", request.GetProperty("tags").GetProperty("ai.cloud.roleInstance").GetString());
        var data = request.GetProperty("data").GetProperty("baseData");
        Assert.Equal(("404", true), (data.GetProperty("responseCode").GetString(), data.GetProperty("name").GetString()!.Contains("{identity}", StringComparison.Ordinal)));
        Assert.DoesNotContain("nobody", request.GetRawText(), StringComparison.Ordinal);

        // Neither of the package's own use, nor of the machine, nor live metrics.
        Assert.All(receiver.Paths, path => Assert.True(path.StartsWith("/v1/", StringComparison.Ordinal) || path is "/v2.1/track", path));
        var metrics = Of(receiver, "MetricData").Select(item => item.GetProperty("data").GetProperty("baseData").GetProperty("metrics")[0].GetProperty("name").GetString()!);
        Assert.All(metrics, name => Assert.True(name is "_OTELRESOURCE_" || name.StartsWith("murano.", StringComparison.Ordinal), name));
        Assert.All(receiver.Items, item => Assert.Equal(Key, item.GetProperty("iKey").GetString()));
    }

    [Fact]
    public async Task A_receiver_that_never_answers_or_is_gone_holds_neither_requests_nor_the_end_up()
    {
        var receiver = await TelemetryReceiver.StartAsync();
        receiver.Hangs = true;
        using var folder = new TemporaryFolder();
        await using var process = Start(folder, receiver);
        var run = await process.ReadyAsync();
        for (var i = 0; i < 100; i++)
        {
            await RefusedAsync(run);
        }

        await Eventually.TrueAsync(() => receiver.Connections >= 3, "exporters wait for answers");
        await process.SignalAsync("TERM");
        Assert.Equal(0, await process.ExitAsync()); // while the receiver still keeps them waiting
        await receiver.DisposeAsync();

        await using var second = Start(folder, receiver);
        run = await second.ReadyAsync();
        for (var i = 0; i < 100; i++)
        {
            await RefusedAsync(run);
        }

        await second.SignalAsync("TERM");
        Assert.Equal(0, await second.ExitAsync());
    }

    private static long Turn() => TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 300;

    private static IEnumerable<JsonElement> Of(TelemetryReceiver receiver, string kind) =>
        receiver.Items.Where(item => string.Equals(item.GetProperty("data").GetProperty("baseType").GetString(), kind, StringComparison.Ordinal));

    private static string Operation(JsonElement item) => item.GetProperty("tags").TryGetProperty("ai.operation.id", out var id) ? id.GetString()! : "";

    private static async Task<string> RefusedAsync(RunInfo run)
    {
        using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api:1/service/{run.Connector}/device2/identity/nobody", UriKind.Relative));
        request.Headers.Add("Authorization", "token " + run.Operator!.Secret);
        using var reply = await client.SendAsync(request, Token);
        Assert.Equal(404, (int)reply.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Token)).GetProperty("traceId").GetString()!;
    }

    // Both exporters at once, as fast as they go.
    private RealProcess Start(TemporaryFolder folder, TelemetryReceiver receiver) => RealProcess.Start(
        folder.Path,
        [
            ("AzureWebJobsStorage", azurite.ConnectionString),
            ("Storage__TablePrefix", Names.TablePrefix()),
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Url),
            ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("APPLICATIONINSIGHTS_CONNECTION_STRING", $"InstrumentationKey={Key};IngestionEndpoint={receiver.Url}/;LiveEndpoint={receiver.Url}/live/"),
            ("Telemetry__SampleRatio", "1"),
            ("Logging__LogLevel__Murano", "Debug"),
            .. Delays.Select(name => (name, (string?)"100")),
        ]);
}
