using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using Murano.Functions.Health;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.Realtime;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Health;

/// <summary>What probes are told, with storage and channel up, gone and hanging.</summary>
public sealed class HealthTests(AzuriteFixture azurite)
{
    private const string Live = "/health/live";
    private const string Ready = "/health/ready";

    // A while before the timer is due, which would ask storage too.
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddMinutes(1));
    private readonly StorageProbe _storage = new();
    private readonly CountingChannel _channel = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_is_up()
    {
        await using var app = await StartAsync();

        Assert.Equal((200, """{"status":"up"}"""), await AskAsync(app, Live));
        Assert.Equal((200, """{"status":"up","storage":"up","channel":"up"}"""), await AskAsync(app, Ready));
    }

    [Theory]
    [InlineData(Live)]
    [InlineData(Ready)]
    public async Task Heads_are_answered_with_the_same_headers_and_no_body(string path)
    {
        await using var app = await StartAsync();
        using var get = await app.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        using var request = new HttpRequestMessage(HttpMethod.Head, new Uri(path, UriKind.Relative));
        using var head = await app.Client.SendAsync(request, Token);

        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Equal("no-store", head.Headers.CacheControl!.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync(Token));
    }

    [Fact]
    public async Task Without_storage_it_is_not_ready_and_still_alive_and_says_nothing_of_why()
    {
        await using var app = await StartAsync();
        _storage.Interfere = (_, _) => StorageFault.Refused;
        using var reply = await app.Client.GetAsync(new Uri(Ready, UriKind.Relative), Token);

        Assert.Equal((503, "5"), ((int)reply.StatusCode, reply.Headers.GetValues("Retry-After").Single()));
        Assert.Equal("""{"status":"down","storage":"down","channel":"up"}""", await reply.Content.ReadAsStringAsync(Token));
        Assert.Equal((200, """{"status":"up"}"""), await AskAsync(app, Live));
        Assert.Single(app.Log.Lines, line => line.Contains("HealthService[1901]", StringComparison.Ordinal));

        _storage.Reset();
        _time.Advance(HealthService.Keep);
        Assert.Equal((200, """{"status":"up","storage":"up","channel":"up"}"""), await AskAsync(app, Ready));
        Assert.Single(app.Log.Lines, line => line.Contains("HealthService[1902]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Storage_that_hangs_is_down_after_four_seconds()
    {
        await using var app = await StartAsync();
        _storage.Before = (_, _) => Task.Delay(Timeout.Infinite, Token);
        var asking = AskAsync(app, Ready);
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return asking.IsCompleted;
            },
            "it gives up");

        Assert.Equal((503, """{"status":"down","storage":"down","channel":"up"}"""), await asking);
    }

    [Fact]
    public async Task Without_the_channel_it_is_degraded_and_ready()
    {
        await using var app = await StartAsync();
        _channel.IsDown = true;

        Assert.Equal((200, """{"status":"degraded","storage":"up","channel":"down"}"""), await AskAsync(app, Ready));
    }

    [Fact]
    public async Task No_channel_at_all_is_no_fault()
    {
        await using var app = await StartAsync(hasChannel: false);

        Assert.Equal((200, """{"status":"up","storage":"up","channel":"none"}"""), await AskAsync(app, Ready));
    }

    [Fact]
    public async Task What_a_newer_program_has_set_up_is_not_to_be_served()
    {
        await using var app = await StartAsync();
        var access = app.Services.GetRequiredService<Tables>().Access;
        var row = (await access.GetEntityAsync<Azure.Data.Tables.TableEntity>(AccessKeys.Schema, AccessKeys.Version, cancellationToken: Token)).Value;
        row["Version"] = SchemaRow.Version + 1;
        await access.UpdateEntityAsync(row, Azure.ETag.All, cancellationToken: Token);
        Assert.Equal((503, """{"status":"down","storage":"newer","channel":"up"}"""), await AskAsync(app, Ready));

        await access.DeleteEntityAsync(AccessKeys.Schema, AccessKeys.Version, cancellationToken: Token);
        _time.Advance(HealthService.Keep);
        Assert.Equal((200, """{"status":"up","storage":"up","channel":"up"}"""), await AskAsync(app, Ready));
    }

    [Fact]
    public async Task A_crowd_costs_storage_one_request_in_five_seconds()
    {
        await using var app = await StartAsync();
        _storage.Reset();
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(app, Ready)));
        Assert.Single(_storage.Requests);
        await AskAsync(app, Live);
        _time.Advance(HealthService.Keep - TimeSpan.FromMilliseconds(1));
        await AskAsync(app, Ready);
        Assert.Single(_storage.Requests);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(app, Ready)));
        Assert.Equal(2, _storage.Requests.Count);

        // A failure is kept as long as anything else.
        _time.Advance(HealthService.Keep);
        _storage.Interfere = (_, _) => StorageFault.Refused;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => AskAsync(app, Ready)));
        Assert.Equal(5, _storage.Requests.Count); // one question, with its two further tries
    }

    private static async Task<(int Status, string Body)> AskAsync(TestApp app, string path)
    {
        using var reply = await app.Client.GetAsync(new Uri(path, UriKind.Relative), Token);
        return ((int)reply.StatusCode, await reply.Content.ReadAsStringAsync(Token));
    }

    private Task<TestApp> StartAsync(bool hasChannel = true) => TestApp.StartAsync(azurite, new()
    {
        Time = _time,
        Policies = [_storage],
        Configure = builder => builder.Services.Replace(ServiceDescriptor.Singleton<IChannel>(_ => hasChannel ? _channel : null!)),
    });
}
