using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.ManagementApi;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Events.Delivery;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Events;

/// <summary>The product with a destination for its events.</summary>
internal sealed class EventApp : IAsyncDisposable
{
    private int _sequence;

    private EventApp(ManagementApp management) => Management = management;

    public ManagementApp Management { get; }

    public IServiceProvider Services => Management.App.Services;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<EventApp> StartAsync(AzuriteFixture azurite, TimeProvider? time = null, DeliveryNetwork? network = null, params (string Name, string Value)[] settings) => new(await ManagementApp.StartAsync(azurite, new TestAppOptions
    {
        Time = time ?? TimeProvider.System,
        Settings = settings.ToDictionary(setting => "Events:" + setting.Name, setting => (string?)setting.Value, StringComparer.OrdinalIgnoreCase),
        Configure = builder => builder.Services.AddSingleton(network ?? new DeliveryNetwork()),
    }));

    public Task PointAsync(string url, string type = "webhook") => Management.OkAsync("PATCH", "", JsonSerializer.Serialize(new { events = new { destination = new { type, url } } }));

    public async Task<string> RenewSecretAsync()
    {
        var (status, body) = await Management.CallAsync("POST", "/events/secret");
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body).GetProperty("secret").GetString()!;
    }

    public async Task<JsonElement> JsonAsync(string method, string path)
    {
        var (status, body) = await Management.CallAsync(method, path);
        Assert.True(status == HttpStatusCode.OK, body);
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    /// <summary>An event of a device; each comes after the one before.</summary>
    public OutboxEvent Next(string identity = "sn 1", string data = """{"type":"data_in"}""")
    {
        const long Start = 1_500_000_000_000_000;
        var sequence = Start + Interlocked.Increment(ref _sequence);
        return new(new DeviceKey(Management.Id, Instance.Id(identity)), sequence, EventType.DataIn, sequence, System.Text.Encoding.UTF8.GetBytes(data));
    }

    public async Task<DeliveryResult> SendAsync(OutboxEvent? happened = null, CancellationToken? token = null)
    {
        var connector = await Services.GetRequiredService<ConnectorService>().FindAsync(Management.Id, Token);
        return await Services.GetRequiredService<IEventSender>().SendAsync(connector!, happened ?? Next(), token ?? Token);
    }

    public async Task<DeliveryResult.Failed> FailedAsync() => Assert.IsType<DeliveryResult.Failed>(await SendAsync());

    public Task AddDeadLetterAsync(OutboxEvent happened, string why) => Services.GetRequiredService<BlobDeadLetterStore>().AddAsync(happened, why, Token);

    public ValueTask DisposeAsync() => Management.DisposeAsync();
}
