using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Hosting;

public sealed class LifetimeTests(AzuriteFixture azurite)
{
    private const string Wait = "GET /wait HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_leaves_fires_the_request_s_token_and_not_the_bound_one()
    {
        var probe = new RequestProbe();
        await using var app = await RequestApp.StartAsync(azurite, probe);
        await using var connection = await RawHttp.ConnectAsync(app.Http);
        await connection.SendAsync(Wait);
        await probe.Entered.Task.WaitAsync(Cancelled);

        connection.Reset();

        await probe.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
        Assert.False(probe.Bound.Task.IsCompleted);
    }

    [Fact]
    public async Task A_reply_that_takes_too_long_becomes_a_502()
    {
        var probe = new RequestProbe();
        var time = new FakeTimeProvider();
        await using var app = await RequestApp.StartAsync(azurite, probe, time, ("LocalHost:CutOff", "00:03:50"));
        await using var connection = await RawHttp.ConnectAsync(app.Http);
        await connection.SendAsync(Wait);
        await probe.Entered.Task.WaitAsync(Cancelled);

        time.Advance(TimeSpan.FromSeconds(229));
        Assert.False(probe.Aborted.Task.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));

        var reply = await connection.ReadReplyAsync();
        Assert.Equal(502, reply.Status);
        Assert.Empty(reply.Body);
        await probe.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(10), Cancelled);
    }

    [Fact]
    public async Task A_stop_lets_requests_end()
    {
        var probe = new RequestProbe();
        await using var app = await RequestApp.StartAsync(azurite, probe);
        await using var connection = await RawHttp.ConnectAsync(app.Http);
        await connection.SendAsync(Wait);
        await probe.Entered.Task.WaitAsync(Cancelled);

        var stopping = app.StopAsync();
        await probe.Bound.Task.WaitAsync(Cancelled); // ApplicationStopping
        Assert.False(stopping.IsCompleted);
        probe.Release.SetResult();

        Assert.Equal("waited", (await connection.ReadReplyAsync()).Text);
        await stopping.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }

    [Fact]
    public async Task A_stop_does_not_wait_for_ever()
    {
        var probe = new RequestProbe();
        await using var app = await RequestApp.StartAsync(azurite, probe, ("LocalHost:ShutdownTimeout", "00:00:00.5"));
        await using var connection = await RawHttp.ConnectAsync(app.Http);
        await connection.SendAsync(Wait);
        await probe.Entered.Task.WaitAsync(Cancelled);

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(5), Cancelled);

        await probe.Aborted.Task.WaitAsync(TimeSpan.FromSeconds(5), Cancelled);
    }
}
