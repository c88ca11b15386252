using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Telemetry;

/// <summary>What arrives at a collector, over real sockets.</summary>
[Collection("Exporters")] // the source of spans is one for the process: an exporter of another class would decide what is recorded
public sealed class ExportTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trace_that_a_stranger_names_is_not_gone_on_with()
    {
        const string Theirs = "11111111111111111111111111111111";
        await using var receiver = await TelemetryReceiver.StartAsync();
        await using var app = await StartAsync(receiver);

        var trace = await RefusedAsync(app, ("traceparent", $"00-{Theirs}-2222222222222222-01"), ("tracestate", "theirs=1"), ("baggage", "theirs=1"));

        Assert.Matches("^[0-9a-f]{32}$", trace);
        Assert.NotEqual(Theirs, trace, StringComparer.Ordinal);
        await Eventually.TrueAsync(() => receiver.Spans.Any(span => span.Hex(1).Equals(trace, StringComparison.Ordinal)), "the request's span");
        Assert.DoesNotContain(receiver.Spans, span => span.Hex(1).Equals(Theirs, StringComparison.Ordinal));
        Assert.DoesNotContain("theirs=1", receiver.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_ratio_of_0_no_span_comes_and_log_lines_still_have_the_trace()
    {
        await using var receiver = await TelemetryReceiver.StartAsync();
        await using var app = await StartAsync(receiver, "0");

        var trace = await RefusedAsync(app);
        await Eventually.TrueAsync(() => receiver.Logs.Any(line => line.Hex(9).Equals(trace, StringComparison.Ordinal)), "a log line of the request");
        await app.StopAsync(); // sends whatever there is

        Assert.DoesNotContain(receiver.Spans, span => span.Hex(1).Equals(trace, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("APPLICATIONINSIGHTS_CONNECTION_STRING", "not one")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "not an address")]
    public async Task Settings_that_are_wrong_are_logged_and_the_app_serves(string name, string value)
    {
        await using var app = await TestApp.StartAsync(azurite, new() { Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { [name] = value } });

        await RefusedAsync(app);

        await Eventually.TrueAsync(() => app.Log.Lines.Any(line => line.Contains("TelemetryExport[1950]", StringComparison.Ordinal)) || name.StartsWith("OTEL", StringComparison.Ordinal), "the log says so");
        await (await SimulatedDevice.ActivateAsync(app, "sn-1")).WriteAsync(("temp", "1"));
    }

    private static async Task<string> RefusedAsync(TestApp app, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"/api:1/service/{app.Run.Connector}/device2/identity/nobody", UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("token", app.Run.Operator!.Secret);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var client = new HttpClient(new SocketsHttpHandler { ActivityHeadersPropagator = null }) { BaseAddress = app.Http };
        using var reply = await client.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.NotFound, reply.StatusCode);
        return JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Token)).GetProperty("traceId").GetString()!;
    }

    private Task<TestApp> StartAsync(TelemetryReceiver receiver, string ratio = "1") => TestApp.StartAsync(azurite, new()
    {
        Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Url,
            ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            ["OTEL_METRIC_EXPORT_INTERVAL"] = "100",
            ["OTEL_BSP_SCHEDULE_DELAY"] = "50",
            ["OTEL_BLRP_SCHEDULE_DELAY"] = "50",
            ["Telemetry:SampleRatio"] = ratio,
        },
    });
}
