using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Events;

/// <summary>Real processes on tables of a test's own, whose events go to a receiver of the test's by real requests.</summary>
internal sealed class EventProcesses : IAsyncDisposable
{
    private const int OneInMany = 3;

    // Whoever had a claim has it no longer, and what was noted is due.
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(2);

    private readonly AzuriteFixture _azurite;
    private readonly List<TemporaryFolder> _folders = [];
    private readonly Instance _observer;
    private int _arrivals;
    private int _holdAt = int.MaxValue;
    private int _failEvery = int.MaxValue;
    private TaskCompletionSource _release = new();
    private ConnectorId _connector;
    private string _secret = "";

    private EventProcesses(AzuriteFixture azurite, EventReceiver receiver)
    {
        (_azurite, Receiver) = (azurite, receiver);
        _observer = Create(TimeProvider.System);
        receiver.Taking = TakeAsync;
        receiver.Answer = AnswerAsync;
    }

    public EventReceiver Receiver { get; }

    public EventJournal Journal { get; } = new();

    /// <summary>Whether the receiver holds a reply.</summary>
    public bool IsHolding => Volatile.Read(ref _arrivals) >= Volatile.Read(ref _holdAt);

    private string Prefix { get; } = Names.TablePrefix();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EventProcesses> StartAsync(AzuriteFixture azurite) => new(azurite, await EventReceiver.StartAsync());

    /// <summary>A data folder for a process.</summary>
    public string Folder()
    {
        _folders.Add(new TemporaryFolder());
        return _folders[^1].Path;
    }

    public RealProcess Start(string folder) => RealProcess.Start(
        folder,
        ("AzureWebJobsStorage", _azurite.ConnectionString),
        ("Storage__TablePrefix", Prefix),
        ("AzureFunctionsWebHost__hostid", Prefix),
        ("Events__SweepAfter", "00:00:04"),
        ("Events__Timeout", "00:00:02"),
        ("Devices__NewIdentitiesPerMinute", "0"));

    /// <summary>Has the connector's events sent to the receiver, and activates devices.</summary>
    public async Task<IReadOnlyList<(string Identity, string Token)>> PrepareAsync(RunInfo run, int count)
    {
        using var admin = SimulatedOperator.Of(run);
        await admin.DefineAsync("""{"temp":{"format":"string"},"led":{"format":"string","settable":true}}""");
        await admin.PatchSettingsAsync(JsonSerializer.Serialize(new { events = new { types = (string[])["data_in", "data_out"], destination = new { url = Receiver.Url } } }));
        using var reply = await admin.SendAsync(HttpMethod.Post, "events/secret", null);
        _secret = JsonSerializer.Deserialize<JsonElement>(await reply.Content.ReadAsStringAsync(Token)).GetProperty("secret").GetString()!;
        _connector = ConnectorId.TryParse(run.Connector!, out var id) ? id : throw new InvalidOperationException("The app has no connector.");
        using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
        List<(string Identity, string Token)> devices = [];
        for (var i = 0; i < count; i++)
        {
            var device = await SimulatedDevice.ActivateAsync(client, run.Fqdn!);
            devices.Add((device.Identity, device.Token));
        }

        return devices;
    }

    /// <summary>From so many further arrivals on the receiver holds its replies; until then it fails now and then.</summary>
    public void Trouble(int holdAfter, int failEvery)
    {
        _release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _failEvery, failEvery);
        Volatile.Write(ref _holdAt, holdAfter == int.MaxValue ? int.MaxValue : Volatile.Read(ref _arrivals) + holdAfter);
    }

    /// <summary>The receiver answers at once and well.</summary>
    public void Calm()
    {
        Volatile.Write(ref _holdAt, int.MaxValue);
        Volatile.Write(ref _failEvery, int.MaxValue);
        _release.TrySetResult();
    }

    /// <summary>A device writes values one after the other until the process is gone.</summary>
    public async Task WriteAsync(HttpClient client, RunInfo run, (string Identity, string Token) device, CancellationToken enough)
    {
        var writer = SimulatedDevice.With(client, run.Fqdn!, device.Identity, device.Token);
        await RepeatAsync(device.Identity, "temp", value => writer.PostAsync(string.Create(CultureInfo.InvariantCulture, $"temp={value}")), enough);
    }

    /// <summary>An operator sets values of a device likewise.</summary>
    public Task SetAsync(SimulatedOperator admin, string identity, CancellationToken enough) =>
        RepeatAsync(identity, "led", value => admin.SendAsync(HttpMethod.Patch, $"identity/{identity}/state", $$"""{"led":"{{value}}"}"""), enough);

    /// <summary>One value of a device, which is acknowledged.</summary>
    public async Task WriteOnceAsync(RunInfo run, (string Identity, string Token) device)
    {
        using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
        var value = Journal.Next(device.Identity, "temp");
        await SimulatedDevice.With(client, run.Fqdn!, device.Identity, device.Token).WriteAsync(("temp", value.ToString(CultureInfo.InvariantCulture)));
        Journal.Acknowledge(device.Identity, "temp", value);
    }

    /// <summary>Events that are left to be delivered.</summary>
    public async Task<int> LeftAsync() => (await RowsAsync()).Count(row => row.RowKey.StartsWith("outbox!", StringComparison.Ordinal));

    /// <summary>Claims that somebody has.</summary>
    public async Task<int> ClaimsAsync() => (await RowsAsync()).Count(IsClaimed);

    /// <summary>Claims run out, as they do a minute after their process was killed.</summary>
    public async Task AgeAsync()
    {
        foreach (var row in (await RowsAsync()).Where(IsClaimed))
        {
            await _observer.Tables.Devices.UpdateEntityAsync(new TableEntity(row.PartitionKey, row.RowKey) { ["ClaimedUntil"] = 1L }, ETag.All, TableUpdateMode.Merge, Token);
        }
    }

    /// <summary>The sweeper runs, two minutes from now, on an instance that knows nothing; no process is to be there.</summary>
    public async Task SweepAsync()
    {
        using var instance = Create(new FakeTimeProvider(TimeProvider.System.GetUtcNow() + Later));
        await instance.Sweeper.RunAsync(Token);
        await instance.Get<OutboxDelivery>().StopAsync(Token);
    }

    /// <summary>All was delivered as promised: nothing is left, and nothing was given up.</summary>
    public async Task AssertKeptAsync()
    {
        Journal.AssertKept();
        Assert.Equal((0, 0), (await LeftAsync(), await ClaimsAsync()));
        Assert.Empty((await _observer.Get<BlobDeadLetterStore>().ListIdsAsync(_connector, Token)).Ids);
    }

    public async ValueTask DisposeAsync()
    {
        Calm();
        await Receiver.DisposeAsync();
        await _observer.Get<Containers>().Content(_connector).DeleteIfExistsAsync(cancellationToken: CancellationToken.None);
        foreach (var table in _observer.Tables.All)
        {
            await table.DeleteAsync(CancellationToken.None);
        }

        _observer.Dispose();
        _folders.ForEach(folder => folder.Dispose());
    }

    private static bool IsClaimed(TableEntity row) => row.GetInt64("ClaimedUntil") > 1;

    private Instance Create(TimeProvider time) => Instance.Create(_azurite.ConnectionString, Prefix, time, new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
    {
        ["Events:AllowPrivateAddresses"] = "true",
        ["Events:SweepAfter"] = "00:00:04",
    });

    private async Task<IReadOnlyList<TableEntity>> RowsAsync() => await _observer.Tables.Devices.QueryAsync<TableEntity>(cancellationToken: Token).ToListAsync(Token);

    private async Task RepeatAsync(string identity, string alias, Func<int, Task<HttpResponseMessage>> send, CancellationToken enough)
    {
        try
        {
            while (!enough.IsCancellationRequested)
            {
                var value = Journal.Next(identity, alias);
                using var reply = await send(value);
                if (reply.StatusCode == HttpStatusCode.NoContent)
                {
                    Journal.Acknowledge(identity, alias, value);
                }
            }
        }
        catch (HttpRequestException)
        {
            // Killed.
        }
    }

    private async Task TakeAsync(EventReceiver.Received got)
    {
        try
        {
            WebhookTests.Verify(_secret, got);
            if (Journal.Take(got) is { } arrival && arrival.Sequence % OneInMany == 0 && !await IsStoredAsync(arrival))
            {
                Journal.Complain($"{arrival} came before it was stored");
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            Journal.Complain(fault.ToString());
        }
    }

    // The event and what it tells of; later ones may be stored by then.
    private async Task<bool> IsStoredAsync(EventJournal.Arrival arrival)
    {
        var head = await _observer.Get<TableOutboxStore>().FindAsync(new DeviceKey(_connector, Instance.Id(arrival.Identity)), Token);
        var entry = (await _observer.StateAsync(_connector, arrival.Identity).Ok()).SingleOrDefault(entry => string.Equals(entry.Alias.Value, arrival.Alias, StringComparison.Ordinal));
        var value = arrival.Alias is "temp" ? entry?.Reported : entry?.Set;
        return head?.Sequence >= arrival.Sequence && value is { } stored && int.Parse(Encoding.UTF8.GetString(stored.Text.Span), CultureInfo.InvariantCulture) >= arrival.Value;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var number = Interlocked.Increment(ref _arrivals);
        if (number >= Volatile.Read(ref _holdAt))
        {
            await _release.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var fails = number % Volatile.Read(ref _failEvery) == 0;
        if (!fails && !context.RequestAborted.IsCancellationRequested)
        {
            Journal.Accept(context.Request.Headers["webhook-id"].ToString());
        }

        await EventReceiver.Status(context, fails ? 500 : 204);
    }
}
