using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Events;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Events;

/// <summary>A fleet whose events go to a receiver of the test's.</summary>
internal static class EventFleet
{
    /// <summary>Longer than any work about events is put off, but for failures.</summary>
    public static readonly TimeSpan PastDue = TimeSpan.FromMinutes(7);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A fleet with some types on.</summary>
    public static async Task<Fleet> StartAsync(AzuriteFixture azurite, Receiver receiver, params string[] types)
    {
        var fleet = await Fleet.StartAsync(azurite, compose: services => services.AddSingleton<IEventSender>(receiver));
        await SwitchAsync(fleet, types);
        return fleet;
    }

    /// <summary>Switches types on, and others off.</summary>
    public static Task SwitchAsync(Fleet fleet, params string[] types) =>
        fleet.PatchAsync($$$"""{"events":{"types":{{{JsonSerializer.Serialize(types)}}},"destination":{"type":"webhook","url":"https://events.example.com/in"} } }""");

    /// <summary>Runs the sweeper after all work has fallen due that is not put off by failures.</summary>
    public static async Task SweepAsync(Fleet fleet, Instance? on = null)
    {
        fleet.Time.Advance(PastDue);
        await (on ?? fleet.Scale()).Sweeper.RunAsync(Token);
    }

    /// <summary>Rows of events that are left.</summary>
    public static async Task<int> LeftAsync(Fleet fleet) => (await fleet.RowsAsync("devices")).Count(row => row.RowKey.StartsWith("outbox!", StringComparison.Ordinal));

    /// <summary>Waits until nothing is left and nobody has a claim.</summary>
    public static Task DrainedAsync(Fleet fleet) => Eventually.TrueAsync(
        async () => (await fleet.RowsAsync("devices")).All(row => !row.RowKey.StartsWith("outbox!", StringComparison.Ordinal) && row.GetInt64("ClaimedUntil") is null or 0), "All events are delivered.");

    /// <summary>Names of the dead letters.</summary>
    public static async Task<IReadOnlyList<string>> DeadAsync(Fleet fleet) => [.. (await fleet.BlobsAsync()).Where(name => name.StartsWith("deadletter!", StringComparison.Ordinal))];

    /// <summary>Kinds of the work that is noted.</summary>
    public static async Task<IReadOnlyList<string>> TodoAsync(Fleet fleet) => [.. (await fleet.RowsAsync("todo")).Select(row => row.GetString("Kind")).Order(StringComparer.Ordinal)];

    /// <summary>The head of a device's events.</summary>
    public static async Task<EventsHead?> HeadAsync(Fleet fleet, string identity) =>
        await fleet.One.Get<TableOutboxStore>().FindAsync(new DeviceKey(fleet.Connector, Instance.Id(identity)), Token);
}
