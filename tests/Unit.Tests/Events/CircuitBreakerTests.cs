using Microsoft.Extensions.Time.Testing;
using Murano.Shared.Events.Delivery;

namespace Murano.Unit.Tests.Events;

public sealed class CircuitBreakerTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(_time);

    [Fact]
    public void Opens_after_five_failures_in_a_row_and_not_before()
    {
        FailTimes(4);
        Assert.False(_breaker.Succeed());
        FailTimes(4);
        Assert.Equal(BreakerPass.Ordinary, _breaker.TryEnter(out _));

        Assert.Equal(TimeSpan.FromSeconds(5), _breaker.Fail(BreakerPass.Ordinary));
        Assert.Null(_breaker.TryEnter(out var wait));
        Assert.Equal((5, TimeSpan.FromSeconds(5)), _breaker.State);
        Assert.Equal(TimeSpan.FromSeconds(5), wait);
    }

    [Fact]
    public void Lets_one_through_when_the_break_is_over()
    {
        FailTimes(5);
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Null(_breaker.TryEnter(out var wait));
        Assert.Equal(TimeSpan.FromSeconds(1), wait);

        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(BreakerPass.Probe, _breaker.TryEnter(out _));
        Assert.Null(_breaker.TryEnter(out wait));
        Assert.True(wait > TimeSpan.Zero);

        Assert.True(_breaker.Succeed());
        Assert.Equal(BreakerPass.Ordinary, _breaker.TryEnter(out _));
        Assert.Equal((0, TimeSpan.Zero), _breaker.State);
    }

    [Fact]
    public void Each_break_is_twice_as_long_up_to_five_minutes()
    {
        FailTimes(5);
        List<double> breaks = [];
        for (var i = 0; i < 8; i++)
        {
            _time.Advance(_breaker.State.Wait);
            Assert.Equal(BreakerPass.Probe, _breaker.TryEnter(out _));
            breaks.Add(_breaker.Fail(BreakerPass.Probe)!.Value.TotalSeconds);
        }

        Assert.Equal([10, 20, 40, 80, 160, 300, 300, 300], breaks);
    }

    [Fact]
    public void Failures_of_attempts_that_began_before_do_not_lengthen_it()
    {
        FailTimes(5);

        Assert.Null(_breaker.Fail(BreakerPass.Ordinary));
        Assert.Equal(TimeSpan.FromSeconds(5), _breaker.State.Wait);
    }

    [Fact]
    public void A_probe_that_is_broken_off_makes_room_for_another()
    {
        FailTimes(5);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(BreakerPass.Probe, _breaker.TryEnter(out _));

        _breaker.Abandon(BreakerPass.Ordinary);
        Assert.Null(_breaker.TryEnter(out _));
        _breaker.Abandon(BreakerPass.Probe);
        Assert.Equal(BreakerPass.Probe, _breaker.TryEnter(out _));
    }

    [Fact]
    public void A_probe_that_fails_after_a_success_of_another_attempt_opens_nothing()
    {
        FailTimes(5);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(BreakerPass.Probe, _breaker.TryEnter(out _));
        Assert.True(_breaker.Succeed());

        Assert.Null(_breaker.Fail(BreakerPass.Probe));
        Assert.Equal(BreakerPass.Ordinary, _breaker.TryEnter(out _));
    }

    [Fact]
    public void Of_many_at_once_one_probes()
    {
        FailTimes(5);
        _time.Advance(TimeSpan.FromSeconds(5));
        var passes = new BreakerPass?[64];

        Parallel.For(0, passes.Length, i => passes[i] = _breaker.TryEnter(out _));

        Assert.Single(passes, pass => pass is not null);
    }

    private void FailTimes(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _breaker.Fail(BreakerPass.Ordinary);
        }
    }
}
