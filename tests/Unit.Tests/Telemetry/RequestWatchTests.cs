using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Murano.Functions;
using Murano.Functions.Fallback;
using Murano.Functions.Telemetry;
using Murano.Shared.Telemetry;
using OpenTelemetry.Trace;

namespace Murano.Unit.Tests.Telemetry;

/// <summary>What a request leaves behind: one count, one duration, one span, and nothing that the caller sent.</summary>
public sealed class RequestWatchTests : IDisposable
{
    private const string Secret = "s3cr3tT0ken";

    private readonly MetricProbe _probe = new();
    private readonly ActivityListener _listener;
    private readonly List<Activity> _spans = [];
    private readonly RequestWatch _watch;
    private readonly AsyncLocal<bool> _isOwn = new();

    public RequestWatchTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is MuranoTracing.SourceName,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (_isOwn.Value)
                {
                    _spans.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
        _watch = new(_probe.NewMetrics(), RouteTable.Of(typeof(MuranoFunctions).Assembly));
    }

    public void Dispose()
    {
        _listener.Dispose();
        _probe.Dispose();
    }

    [Theory]
    [InlineData("POST", "/onep:v1/stack/alias", 204, "Device_State_Write", "POST", "/onep:v1/stack/alias")]
    [InlineData("GET", "/ONEP:v1/stack/alias/", 200, "Device_State_Read", "GET", "/onep:v1/stack/alias")]
    [InlineData("GET", "/api:1/token/" + Secret, 404, "Management_Token_Get", "GET", "/api:1/token/{token}")]
    [InlineData("GET", "/" + Secret, 404, "Zz_Fallback", "GET", "/")]
    [InlineData(Secret, "/timestamp", 405, "Zz_Fallback", "_OTHER", "/")]
    public async Task Names_function_route_and_code_and_nothing_else(string method, string path, int status, string operation, string shownMethod, string route)
    {
        await RunAsync(method, path, status);

        Assert.Equal(1, _probe.Sum("murano.requests", $"operation={operation} status={status}"));
        Assert.Single(_probe.All, one => one.Instrument is "murano.requests.duration" && one.Tags.Equals($"operation={operation}", StringComparison.Ordinal));
        var span = Assert.Single(_spans);
        Assert.Equal((operation, ActivityKind.Server), (span.DisplayName, span.Kind));
        Assert.Equal([$"http.request.method={shownMethod}", $"http.response.status_code={status}", $"http.route={route}"], span.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(499, ActivityStatusCode.Unset)]
    [InlineData(500, ActivityStatusCode.Error)]
    [InlineData(503, ActivityStatusCode.Error)]
    public async Task Marks_our_own_faults(int status, ActivityStatusCode expected)
    {
        await RunAsync("GET", "/ip", status);

        Assert.Equal(expected, Assert.Single(_spans).Status);
    }

    [Fact]
    public async Task What_throws_is_counted_as_500()
    {
        _isOwn.Value = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => _watch.RunAsync(Request("GET", "/ip"), 0, static (_, _) => Task.FromException<IResult>(new InvalidOperationException())));

        Assert.Equal(1, _probe.Sum("murano.requests", "operation=Device_Ip status=500"));
        Assert.Equal(ActivityStatusCode.Error, Assert.Single(_spans).Status);
    }

    [Fact]
    public async Task A_refusal_shows_with_its_reason()
    {
        _isOwn.Value = true;
        await _watch.RunAsync(Request("GET", "/ip"), _watch, static (_, watch) =>
        {
            watch.Refused(ApiSide.Device, "locked");
            return Task.FromResult(Results.StatusCode(401));
        });

        Assert.Equal(1, _probe.Sum("murano.refusals", "api=device reason=locked"));
        Assert.Equal("locked", Assert.Single(_spans).GetTagItem("murano.reason"));
    }

    [Fact]
    public async Task Below_the_hosts_invocation_it_goes_on_with_the_hosts_trace_and_is_no_second_request()
    {
        using var host = new ActivitySource(HostInvocations.SourceName);
        using var listening = HostInvocations.Listen();
        var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.None);
        using (var invocation = host.StartActivity("Invoke", ActivityKind.Server, parent))
        {
            Assert.False(invocation!.Recorded);
            await RunAsync("GET", "/ip", 200);
        }

        var span = Assert.Single(_spans);
        Assert.Equal((parent.TraceId, ActivityKind.Internal), (span.TraceId, span.Kind));
    }

    [Fact]
    public async Task Any_other_trace_is_left_where_it_is()
    {
        using var server = new Activity("a stranger's").SetParentId("00-11111111111111111111111111111111-2222222222222222-01").Start();
        await RunAsync("GET", "/ip", 200);

        var span = Assert.Single(_spans);
        Assert.NotEqual(server.TraceId, span.TraceId);
        Assert.Equal(default, span.ParentSpanId);
        Assert.Same(server, Activity.Current);
    }

    [Fact]
    public async Task The_timer_has_a_span_and_is_no_request()
    {
        _isOwn.Value = true;
        await _watch.RunAsync("Timer_Sweep", () => Task.CompletedTask);

        Assert.Equal(("Timer_Sweep", ActivityKind.Internal), (_spans.Single().DisplayName, _spans.Single().Kind));
        Assert.Empty(_probe.All);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void The_sampler_asks_neither_the_traces_id_nor_its_flags(double ratio, bool expected)
    {
        var sampler = new RequestSampler(ratio);
        foreach (var flags in (ActivityTraceFlags[])[ActivityTraceFlags.None, ActivityTraceFlags.Recorded])
        {
            var parent = new ActivityContext(ActivityTraceId.CreateFromString("00000000000000000000000000000001"), ActivitySpanId.CreateRandom(), flags, isRemote: true);
            var result = sampler.ShouldSample(new SamplingParameters(parent, parent.TraceId, "a", ActivityKind.Server));

            Assert.Equal(expected, result.Decision == SamplingDecision.RecordAndSample);
        }
    }

    [Fact]
    public void The_sampler_decides_for_a_request_as_a_whole()
    {
        using var request = MuranoTracing.Source.StartActivity("request", ActivityKind.Server);

        Assert.True(request!.Recorded);
        Assert.Equal(SamplingDecision.RecordAndSample, new RequestSampler(0).ShouldSample(new SamplingParameters(request.Context, request.TraceId, "a", ActivityKind.Client)).Decision);
    }

    private static HttpRequest Request(string method, string path)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.QueryString = new QueryString("?sig=" + Secret);
        context.Request.Headers.TraceParent = "00-11111111111111111111111111111111-2222222222222222-01";
        return context.Request;
    }

    private async Task RunAsync(string method, string path, int status)
    {
        _isOwn.Value = true;
        await _watch.RunAsync(Request(method, path), status, static (_, status) => Task.FromResult(Results.StatusCode(status)));
    }
}
