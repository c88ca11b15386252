using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>What becomes of a poll whose looks at storage fail.</summary>
public sealed class PollFaultTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_failed_safety_look_is_made_again_soon()
    {
        await using var polling = await PollingApp.StartAsync(azurite);
        await using var other = await TestApp.StartAsync(azurite, new TestAppOptions { Time = polling.Time, TablePrefix = polling.App.TablePrefix });
        using var elsewhere = SimulatedOperator.Of(other.Run with { Operator = polling.App.Run.Operator, Connector = polling.App.Run.Connector });
        var device = await SimulatedDevice.ActivateAsync(polling.App);
        await using var poll = await polling.BeginAsync(device, "led");

        polling.FailLooks();
        await AdvanceAsync(polling, 25);
        Assert.Equal(1, polling.FailedLooks);
        polling.Probe.Reset();
        await elsewhere.SetAsync(device.Identity, """{"led":"on"}"""); // another instance's: no wake
        polling.Time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("led=on", (await poll.EndAsync()).Text);
    }

    [Fact]
    public async Task Safety_looks_that_keep_failing_end_with_304_at_the_deadline()
    {
        await using var polling = await PollingApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(polling.App);
        await using var poll = await polling.BeginAsync(device, "led");

        polling.FailLooks();
        await AdvanceAsync(polling, 25);
        await AdvanceAsync(polling, 5);
        await AdvanceAsync(polling, 10);
        Assert.Equal(3, polling.FailedLooks);
        await AdvanceAsync(polling, 79);
        polling.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(304, (await poll.EndAsync()).Status);
        await Eventually.TrueAsync(() => polling.Polls.Count == 0, "The place is free.");
    }

    [Fact]
    public async Task A_look_that_takes_too_long_counts_as_failed()
    {
        await using var polling = await PollingApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(polling.App);
        await using var poll = await polling.BeginAsync(device, "led");
        var (asked, answered) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        polling.Probe.Before = async (_, request) =>
        {
            if (polling.IsLook(request))
            {
                asked.TrySetResult();
                await answered.Task;
            }
        };

        polling.Time.Advance(TimeSpan.FromSeconds(25));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        polling.Time.Advance(TimeSpan.FromSeconds(15));
        polling.Probe.Reset();
        answered.SetResult();
        await polling.HeldAsync(1);

        Assert.Equal(1, polling.FailedLooks);
        await polling.Person.SetAsync(device.Identity, """{"led":"on"}""");
        Assert.Equal("led=on", (await poll.EndAsync()).Text);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task After_a_wake_it_looks_a_few_times_and_the_command_arrives(int failing)
    {
        await using var polling = await PollingApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(polling.App);
        await using var poll = await polling.BeginAsync(device, "led");

        polling.FailLooksAfterCommit(failing);
        await polling.Person.SetAsync(device.Identity, """{"led":"on"}""");
        foreach (var rest in ((double[])[0.5, 2, 5]).Take(failing))
        {
            await polling.HeldAsync(1);
            polling.Time.Advance(TimeSpan.FromSeconds(rest));
        }

        Assert.Equal("led=on", (await poll.EndAsync()).Text);
        Assert.Equal(failing, polling.FailedLooks);
    }

    [Fact]
    public async Task After_a_wake_whose_looks_all_fail_it_ends_with_503_and_the_command_waits_for_the_device()
    {
        await using var polling = await PollingApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(polling.App);
        var since = polling.Time.GetUtcNow().ToUnixTimeSeconds();
        await using var poll = await polling.BeginAsync(device, "led", since);

        polling.FailLooksAfterCommit(4);
        await polling.Person.SetAsync(device.Identity, """{"led":"on"}""");
        await AdvanceAsync(polling, 0.5);
        await AdvanceAsync(polling, 2);
        await polling.HeldAsync(1);
        polling.Time.Advance(TimeSpan.FromSeconds(5));

        var reply = await poll.EndAsync();
        Assert.Equal((503, true), (reply.Status, reply["Retry-After"] is "5"));
        await Eventually.TrueAsync(() => polling.Polls.Count == 0, "The place is free.");
        polling.Probe.Reset();
        await using var again = await HeldPoll.BeginAsync(polling.App, device, "led", since);
        Assert.Equal("led=on", (await again.EndAsync()).Text);
    }

    [Fact]
    public async Task At_the_deadline_a_wake_whose_look_failed_is_not_denied()
    {
        await using var polling = await PollingApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(polling.App);
        await using var poll = await polling.BeginAsync(device, "led", seconds: 1);

        polling.FailLooksAfterCommit(2);
        await polling.Person.SetAsync(device.Identity, """{"led":"on"}""");
        await polling.HeldAsync(1);
        polling.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(503, (await poll.EndAsync()).Status);
    }

    [Fact]
    public async Task A_first_look_that_fails_is_told_at_once()
    {
        await using var polling = await PollingApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(polling.App);
        await device.WriteAsync(("temp", "1"));

        polling.FailLooks();
        await using var poll = await HeldPoll.BeginAsync(polling.App, device, "led");

        Assert.Equal(503, (await poll.EndAsync()).Status);
        Assert.Equal(0, polling.Polls.Count);
    }

    // Moves the clock under a poll that sleeps, and waits until it does again.
    private static async Task AdvanceAsync(PollingApp polling, double seconds)
    {
        await polling.HeldAsync(1);
        polling.Time.Advance(TimeSpan.FromSeconds(seconds));
        await polling.HeldAsync(1);
    }
}
