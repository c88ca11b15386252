using System.Globalization;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Hosting;

public sealed class TimerTests(AzuriteFixture azurite)
{
    private static readonly DateTimeOffset Start = new(2026, 3, 4, 5, 1, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_function_runs_when_its_schedule_says_so()
    {
        var time = new FakeTimeProvider(Start);
        var probe = new TimerProbe();
        await using var app = await StartAsync(probe, time);

        await WaitsUntilAsync(app, "05:05:00");
        time.Advance(TimeSpan.FromMinutes(4));
        await Eventually.TrueAsync(() => probe.Runs.Count == 1, "a first run");
        await WaitsUntilAsync(app, "05:10:00");
        time.Advance(TimeSpan.FromMinutes(5));
        await Eventually.TrueAsync(() => probe.Runs.Count == 2, "a second run");

        var run = probe.Runs.Last();
        Assert.False(run.IsPastDue);
        Assert.Equal(new DateTime(2026, 3, 4, 5, 5, 0, DateTimeKind.Utc), run.ScheduleStatus!.Last);
        Assert.Equal(new DateTime(2026, 3, 4, 5, 10, 0, DateTimeKind.Utc), run.ScheduleStatus.Next);
    }

    [Fact]
    public async Task Of_two_processes_on_one_storage_one_runs_it()
    {
        var prefix = Names.TablePrefix();
        var time = new FakeTimeProvider(Start);
        var probe = new TimerProbe();
        await using var one = await StartAsync(probe, time, prefix);
        await using var other = await StartAsync(probe, time, prefix);
        await WaitsUntilAsync(one, "05:05:00");
        await WaitsUntilAsync(other, "05:05:00");

        time.Advance(TimeSpan.FromMinutes(4));
        await WaitsUntilAsync(one, "05:10:00");
        await WaitsUntilAsync(other, "05:10:00");

        Assert.Single(probe.Runs);
    }

    [Fact]
    public async Task A_run_that_was_missed_is_made_up_for_at_the_next_start()
    {
        var prefix = Names.TablePrefix();
        await using (var before = await StartAsync(new TimerProbe(), new FakeTimeProvider(Start), prefix))
        {
            await WaitsUntilAsync(before, "05:05:00");
        }

        var probe = new TimerProbe();
        await using var after = await StartAsync(probe, new FakeTimeProvider(Start.AddHours(1)), prefix);
        await Eventually.TrueAsync(() => !probe.Runs.IsEmpty, "the run that was missed");

        Assert.True(Assert.Single(probe.Runs).IsPastDue);
    }

    [Fact]
    public async Task Run_on_startup_runs_at_each_start_and_unmonitored_has_no_status()
    {
        var probe = new TimerProbe();
        await using var app = await StartAsync(probe, new FakeTimeProvider(Start), functions: typeof(TimerFunctions.AtStart));
        await WaitsUntilAsync(app, "07:01:00");

        var run = Assert.Single(probe.Runs);
        Assert.False(run.IsPastDue);
        Assert.Null(run.ScheduleStatus);
    }

    [Fact]
    public async Task A_stop_is_told_to_the_run()
    {
        var time = new FakeTimeProvider(Start);
        var told = new TaskCompletionSource();
        var probe = new TimerProbe
        {
            During = async cancellationToken =>
            {
                await using var registration = cancellationToken.Register(told.SetResult);
                await told.Task;
            },
        };
        await using var app = await StartAsync(probe, time);
        await WaitsUntilAsync(app, "05:05:00");
        time.Advance(TimeSpan.FromMinutes(4));
        await Eventually.TrueAsync(() => !probe.Runs.IsEmpty, "a run");

        await app.StopAsync();

        Assert.True(told.Task.IsCompleted);
    }

    [Fact]
    public async Task A_failure_is_logged_and_the_schedule_goes_on()
    {
        var time = new FakeTimeProvider(Start);
        var probe = new TimerProbe { During = _ => throw new InvalidOperationException("on purpose") };
        await using var app = await StartAsync(probe, time);
        await WaitsUntilAsync(app, "05:05:00");

        time.Advance(TimeSpan.FromMinutes(4));

        await WaitsUntilAsync(app, "05:10:00");
        Assert.Contains("Timer Five failed", app.Log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_told_when_another_process_takes_its_lease()
    {
        var time = new FakeTimeProvider(Start);
        var prefix = Names.TablePrefix();
        var entered = new TaskCompletionSource();
        var probe = new TimerProbe
        {
            During = async cancellationToken =>
            {
                entered.SetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            },
        };
        await using var app = await StartAsync(probe, time, prefix, settings: ("LocalHost:TimerLeaseRenewal", "00:00:00.2"));
        await WaitsUntilAsync(app, "05:05:00");
        time.Advance(TimeSpan.FromMinutes(4));
        await entered.Task.WaitAsync(TestContext.Current.CancellationToken);

        var blob = new BlobContainerClient(azurite.ConnectionString, "localhost-timers").GetBlobClient($"{prefix}/Five");
        await Azure.Storage.Blobs.Specialized.SpecializedBlobExtensions.GetBlobLeaseClient(blob)
            .BreakAsync(TimeSpan.Zero, cancellationToken: TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => app.Log.Text.Contains("Timer Five was told to stop", StringComparison.Ordinal), "the run is told");
    }

    [Fact]
    public async Task Without_timers_no_blob_is_touched()
    {
        // A storage whose blob service is nowhere.
        var tablesOnly = string.Join(';', azurite.ConnectionString.Split(';').Select(part => part.StartsWith("Blob", StringComparison.Ordinal) ? "BlobEndpoint=http://127.0.0.1:1/x" : part));

        await using var app = await TestApp.StartAsync(azurite, new() { Functions = [typeof(RoutingFunctions)], Storage = tablesOnly });

        Assert.DoesNotContain("storage", app.Log.Text, StringComparison.OrdinalIgnoreCase);
    }

    private static Task WaitsUntilAsync(TestApp app, string due) =>
        Eventually.TrueAsync(() => app.Log.Text.Contains(string.Create(CultureInfo.InvariantCulture, $"is due at 2026-03-04T{due}"), StringComparison.Ordinal), $"waits until {due}");

    private Task<TestApp> StartAsync(TimerProbe probe, TimeProvider time, string? prefix = null, Type? functions = null, params (string Key, string Value)[] settings) =>
        TestApp.StartAsync(azurite, new()
        {
            Functions = [functions ?? typeof(TimerFunctions.EveryFiveMinutes)],
            Time = time,
            TablePrefix = prefix,
            Settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.OrdinalIgnoreCase),
            Configure = builder => builder.Services.AddSingleton(probe),
        });
}
