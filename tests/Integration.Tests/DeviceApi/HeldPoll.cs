using System.Globalization;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>A poll of a device on a connection of its own.</summary>
internal sealed class HeldPoll : IAsyncDisposable
{
    private readonly RawHttp _connection;

    private HeldPoll(RawHttp connection) => _connection = connection;

    /// <summary>Sends the request.</summary>
    /// <param name="app">The app.</param>
    /// <param name="device">Who polls.</param>
    /// <param name="aliases">The query.</param>
    /// <param name="since">Seconds for If-Modified-Since; null = none.</param>
    /// <param name="seconds">For Request-Timeout.</param>
    public static Task<HeldPoll> BeginAsync(TestApp app, SimulatedDevice device, string aliases, long? since = null, int seconds = 120) =>
        BeginAsync(app.Http, SimulatedDevice.HostOf(app), device.Token, aliases, since, seconds);

    /// <summary>Sends the request to any address.</summary>
    /// <param name="address">The plain-http address.</param>
    /// <param name="host">The Host header by which the connector is found.</param>
    /// <param name="token">Who polls.</param>
    /// <param name="aliases">The query.</param>
    /// <param name="since">Seconds for If-Modified-Since; null = none.</param>
    /// <param name="seconds">For Request-Timeout.</param>
    public static async Task<HeldPoll> BeginAsync(Uri address, string host, string token, string aliases, long? since = null, int seconds = 120)
    {
        var connection = await RawHttp.ConnectAsync(address);
        var time = since is null ? "" : string.Create(CultureInfo.InvariantCulture, $"If-Modified-Since: {since}\r\n");
        await connection.SendAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"GET /onep:v1/stack/alias?{aliases} HTTP/1.1\r\nHost: {host}\r\nX-Exosite-CIK: {token}\r\nRequest-Timeout: {seconds}000\r\n{time}\r\n"));
        return new HeldPoll(connection);
    }

    /// <summary>The reply.</summary>
    /// <param name="within">How long to wait for it; null = as for any other.</param>
    public Task<RawReply> EndAsync(TimeSpan? within = null) => _connection.ReadReplyAsync(within: within);

    /// <summary>The client goes away without a word.</summary>
    public void Leave() => _connection.Reset();

    /// <summary>The client closes its side.</summary>
    public void Close() => _connection.HalfClose();

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
