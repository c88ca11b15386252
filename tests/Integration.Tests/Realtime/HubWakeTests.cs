using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.DeviceApi;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost.WebPubSub;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Polls;
using Murano.Shared.Realtime;

namespace Murano.Integration.Tests.Realtime;

/// <summary>Two instances on one storage and one hub: what happens on one wakes the polls of the other. Their own looks are minutes apart, so only a wake ends a poll in time.</summary>
public sealed class HubWakeTests(AzuriteFixture azurite)
{
    private const string Resources = """{"led":{"settable":true}}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sets_and_locks_of_one_instance_wake_polls_of_the_other()
    {
        await using var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        await using var here = await StartAsync(hub);
        await using var there = await StartAsync(hub, here);
        using var admin = SimulatedOperator.Of(here.Run);
        await admin.DefineAsync(Resources);
        var device = await SimulatedDevice.ActivateAsync(here);

        await using var set = await BeginAsync(there, device);
        await admin.SetAsync(device.Identity, """{"led":"on"}""");
        Assert.Equal("200 led=on", await EndAsync(set));

        await using var locked = await BeginAsync(there, device);
        await admin.LockAsync(device.Identity);
        Assert.Equal("401 ", await EndAsync(locked));
    }

    [Fact]
    public async Task Every_poll_of_many_devices_wakes_wherever_it_is_held()
    {
        const int Count = 40;
        await using var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        await using var here = await StartAsync(hub);
        await using var there = await StartAsync(hub, here);
        using var admin = SimulatedOperator.Of(here.Run);
        using var otherAdmin = SimulatedOperator.Of(there.Run with { Operator = here.Run.Operator });
        await admin.DefineAsync(Resources);
        List<SimulatedDevice> devices = [];
        List<HeldPoll> polls = [];
        for (var i = 0; i < Count; i++)
        {
            devices.Add(await SimulatedDevice.ActivateAsync(here));
            polls.Add(await BeginAsync(here, devices[i], held: i + 1));
            polls.Add(await BeginAsync(there, devices[i], held: i + 1));
        }

        await Parallel.ForAsync(0, Count, Token, async (i, _) => await (i % 2 == 0 ? admin : otherAdmin).SetAsync(devices[i].Identity, string.Create(CultureInfo.InvariantCulture, $$"""{"led":"{{i}}"}""")));

        for (var i = 0; i < polls.Count; i++)
        {
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"200 led={i / 2}"), await EndAsync(polls[i]));
            await polls[i].DisposeAsync();
        }
    }

    [Fact]
    public async Task While_the_hub_is_gone_no_request_fails_and_polls_look_for_themselves()
    {
        var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        var (port, key) = (hub.Port, hub.AccessKey);
        await using var here = await StartAsync(hub);
        await using var there = await StartAsync(hub, here);
        using var admin = SimulatedOperator.Of(here.Run);
        await admin.DefineAsync(Resources);
        var device = await SimulatedDevice.ActivateAsync(here);

        await using var begunBefore = await BeginAsync(there, device);
        await hub.DisposeAsync();
        await admin.SetAsync(device.Identity, """{"led":"1"}""");
        Assert.Equal("200 led=1", await EndAsync(begunBefore));

        await using var begunMeanwhile = await BeginAsync(there, device);
        await admin.SetAsync(device.Identity, """{"led":"2"}""");
        var second = await begunMeanwhile.EndAsync();
        Assert.Equal("200 led=2", TextOf(second));

        await using var again = await WebPubSubEmulator.StartAsync(port, key, TimeProvider.System, Token);
        await Eventually.TrueAsync(() => IsUnbrokenAsync(there, device), "the other instance is back in its groups");

        // As a client that names the time of what it got: the wakes that could not be sent come now, and may end a poll without a time once more with what they were for.
        await using var begunAfter = await BeginAsync(there, device, since: second.NextSince);
        await admin.SetAsync(device.Identity, """{"led":"3"}""");
        Assert.Equal("200 led=3", await EndAsync(begunAfter));
        Assert.Single(here.Log.Lines, line => line.Contains("Wakes do not reach other instances", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wake_that_could_not_be_sent_is_sent_when_the_channel_is_back()
    {
        await using var hub = await WebPubSubEmulator.StartAsync(0, null, TimeProvider.System, Token);
        await using var there = await StartAsync(hub);
        var channel = new FailingChannel();
        await using var here = await StartAsync(hub, there, channel);
        using var admin = SimulatedOperator.Of(here.Run with { Operator = there.Run.Operator });
        using var elsewhere = SimulatedOperator.Of(there.Run);
        await elsewhere.DefineAsync(Resources);
        var device = await SimulatedDevice.ActivateAsync(there);

        await using var poll = await BeginAsync(there, device);
        await admin.SetAsync(device.Identity, """{"led":"on"}""");
        channel.Repair(there.Services.GetRequiredService<IChannel>());

        Assert.Equal("200 led=on", await EndAsync(poll));
        Assert.True(channel.Refused > 0);
    }

    private static async Task<string> EndAsync(HeldPoll poll) => TextOf(await poll.EndAsync());

    private static string TextOf(RawReply reply) => string.Create(CultureInfo.InvariantCulture, $"{reply.Status} {reply.Text}");

    private static async Task<HeldPoll> BeginAsync(TestApp app, SimulatedDevice device, int held = 1, long? since = null)
    {
        var poll = await HeldPoll.BeginAsync(app, device, "led", since);
        await HeldAsync(app, held);
        return poll;
    }

    private static Task HeldAsync(TestApp app, int count) =>
        Eventually.TrueAsync(() => app.Services.GetRequiredService<HeldPolls>() is var polls && polls.Count == count && polls.Asleep == count, $"{count} polls wait.");

    private static async Task<bool> IsUnbrokenAsync(TestApp app, SimulatedDevice device)
    {
        Assert.True(ConnectorId.TryParse(app.Run.Connector, out var connector));
        Assert.True(IdentityId.TryParse(device.Identity, out var identity));
        using var listening = await app.Services.GetRequiredService<IWakes>().RegisterAsync(connector, identity, new WakeCounter(), Token);
        return listening.Unbroken != 0;
    }

    private Task<TestApp> StartAsync(WebPubSubEmulator hub, TestApp? beside = null, IChannel? channel = null) => TestApp.StartAsync(azurite, new()
    {
        TablePrefix = beside?.TablePrefix,
        Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["WebPubSub:ConnectionString"] = hub.ConnectionString, ["LongPoll:LookAgain"] = "00:05:00" },
        Configure = builder =>
        {
            if (channel is not null)
            {
                builder.Services.AddSingleton(channel);
            }
        },
    });

    // Refuses to send until it is repaired; has no connections.
    private sealed class FailingChannel : IChannel
    {
        private IChannel? _repaired;
        private int _refused;

        public int Refused => _refused;

        public void Repair(IChannel channel) => _repaired = channel;

        public Task SendAsync(ChannelHub hub, string group, ReadOnlyMemory<byte> json, string? except, CancellationToken cancellationToken)
        {
            if (_repaired is { } channel)
            {
                return channel.SendAsync(hub, group, json, except, cancellationToken);
            }

            Interlocked.Increment(ref _refused);
            return Task.FromException(new ChannelUnavailableException());
        }

        public Task<Uri> GetClientUriAsync(ChannelHub hub, IReadOnlyList<string> groups, bool joins, TimeSpan lifetime, CancellationToken cancellationToken) =>
            Task.FromException<Uri>(new ChannelUnavailableException());

        public Task CloseAsync(ChannelHub hub, string group, string reason, CancellationToken cancellationToken) => Task.FromException(new ChannelUnavailableException());
    }
}
