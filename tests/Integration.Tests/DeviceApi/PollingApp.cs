using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Polls;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>An app for tests of polls: its clock stands still unless moved, and its storage can be broken.</summary>
internal sealed class PollingApp : IAsyncDisposable
{
    private PollingApp(TestApp app, SimulatedOperator person, FakeTimeProvider time, StorageProbe probe) => (App, Person, Time, Probe) = (app, person, time, probe);

    /// <summary>The app.</summary>
    public TestApp App { get; }

    /// <summary>Its operator.</summary>
    public SimulatedOperator Person { get; }

    /// <summary>Its clock.</summary>
    public FakeTimeProvider Time { get; }

    /// <summary>Its way to storage.</summary>
    public StorageProbe Probe { get; }

    /// <summary>The polls that it holds.</summary>
    public HeldPolls Polls => App.Services.GetRequiredService<HeldPolls>();

    /// <summary>How many looks of polls failed without ending the poll, by the log.</summary>
    public int FailedLooks => App.Log.Lines.Count(line => line.Contains("A look of the poll", StringComparison.Ordinal));

    /// <summary>Starts an app that holds at most 12 polls, with <c>led</c> and <c>mode</c> (settable), <c>temp</c>, and <c>name</c> (settable, no sync).</summary>
    public static async Task<PollingApp> StartAsync(AzuriteFixture azurite)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, 500, TimeSpan.Zero));
        var probe = new StorageProbe();
        var app = await TestApp.StartAsync(azurite, new TestAppOptions
        {
            Time = time,
            Policies = [probe],
            Settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["LongPoll:MaxPolls"] = "12", ["LongPoll:MaxWait"] = "00:05:00" },
        });
        var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync("""{"led":{"format":"string","settable":true},"mode":{"format":"string","settable":true},"temp":{"format":"string"},"name":{"format":"string","settable":true,"sync":false}}""");
        return new PollingApp(app, person, time, probe);
    }

    /// <summary>Begins a poll and waits until it sleeps.</summary>
    /// <param name="device">Who polls.</param>
    /// <param name="aliases">The query.</param>
    /// <param name="since">Seconds for If-Modified-Since; null = none.</param>
    /// <param name="seconds">For Request-Timeout.</param>
    /// <param name="held">How many polls are held then; null = one more.</param>
    public async Task<HeldPoll> BeginAsync(SimulatedDevice device, string aliases, long? since = null, int seconds = 120, int? held = null)
    {
        var before = Polls.Count;
        var poll = await HeldPoll.BeginAsync(App, device, aliases, since, seconds);
        await HeldAsync(held ?? before + 1);
        return poll;
    }

    /// <summary>Waits until so many polls are held, all asleep.</summary>
    public Task HeldAsync(int count) => Eventually.TrueAsync(() => Polls.Count == count && Polls.Asleep == count, $"{count} polls wait.");

    /// <summary>From the next transaction on, looks at devices fail until so many of a poll's have, or the poll ends with that.</summary>
    public void FailLooksAfterCommit(int looks)
    {
        var committed = false;
        Probe.Interfere = (_, request) =>
        {
            committed |= request.Uri.Path.EndsWith("$batch", StringComparison.Ordinal);
            return committed && IsLook(request) && FailedLooks < looks ? StorageFault.Busy : StorageFault.None;
        };
    }

    /// <summary>From now on all looks at devices fail.</summary>
    public void FailLooks() => Probe.Interfere = (_, request) => IsLook(request) ? StorageFault.Refused : StorageFault.None;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Probe.Reset();
        Person.Dispose();
        await App.DisposeAsync();
    }

    /// <summary>Whether a storage request reads from the table of devices.</summary>
    internal bool IsLook(Azure.Core.Request request) => request.Method == Azure.Core.RequestMethod.Get && request.Uri.Path.Contains($"{App.TablePrefix}devices", StringComparison.Ordinal);
}
