using Microsoft.Extensions.Time.Testing;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Polls;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Polls;

/// <summary>How long a poll sleeps while wakes may be missed.</summary>
public sealed class PollNapTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Doubt_that_is_told_again_and_again_does_not_put_the_look_off()
    {
        using var poll = New();
        poll.Listen(new Membership(1));
        var next = poll.NextAsync(unbroken: 1);

        // A hub that cannot be reached says so at each try; the first one is half a second after the beginning.
        for (var i = 0; i < 11; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(0.5));
            poll.Unsure();
        }

        Assert.Equal(PollSignals.LookAgain, await next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task A_rest_that_is_shorter_than_the_one_of_doubt_stays(long unbroken)
    {
        using var poll = New();
        poll.Listen(new Membership(unbroken));

        var next = poll.NextAsync(TimeSpan.FromSeconds(0.5), unbroken: 1);
        _time.Advance(TimeSpan.FromSeconds(0.5));

        Assert.Equal(PollSignals.LookAgain, await next);
    }

    [Fact]
    public async Task A_poll_that_missed_nothing_sleeps_as_long_as_usual()
    {
        using var poll = New();
        poll.Listen(new Membership(1));

        var next = poll.NextAsync(unbroken: 1);
        _time.Advance(TimeSpan.FromSeconds(19));
        Assert.False(next.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(PollSignals.LookAgain, await next);
    }

    [Fact]
    public async Task A_nap_never_outlasts_the_poll()
    {
        using var poll = New();
        poll.Listen(new Membership(1));
        _time.Advance(TimeSpan.FromSeconds(58));

        var next = poll.NextAsync(unbroken: 1);
        poll.Unsure();
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(PollSignals.End, await next);
    }

    private Poll New()
    {
        Assert.True(ConnectorId.TryParse("abc", out var connector));
        Assert.True(IdentityId.TryParse("sn-1", out var identity));
        return new Poll(new DeviceKey(connector, identity), ["led"], TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(25), _time);
    }

    private sealed class Membership(long number) : IWakeRegistration
    {
        public long Unbroken => number;

        public void Dispose()
        {
        }
    }
}
