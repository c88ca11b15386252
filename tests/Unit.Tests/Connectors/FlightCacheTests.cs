using Microsoft.Extensions.Time.Testing;
using Murano.Shared;

namespace Murano.Unit.Tests.Connectors;

public sealed class FlightCacheTests : IDisposable
{
    private static readonly TimeSpan Keep = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider _time = new();
    private readonly FlightCache<string, string> _cache;
    private int _loads;

    public FlightCacheTests() => _cache = new(100, Keep, _time);

    public void Dispose() => _cache.Dispose();

    private Task<string?> GetAsync(Func<Task<string?>> load) => _cache.GetAsync("key", _ => Count(load), TestContext.Current.CancellationToken);

    private Task<string?> Count(Func<Task<string?>> load)
    {
        Interlocked.Increment(ref _loads);
        return load();
    }

    [Fact]
    public async Task What_was_loaded_is_kept_for_its_time()
    {
        Assert.Equal("1", await GetAsync(() => Task.FromResult<string?>("1")));
        _time.Advance(Keep - TimeSpan.FromMilliseconds(1));
        Assert.Equal("1", await GetAsync(() => Task.FromResult<string?>("2")));
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("3", await GetAsync(() => Task.FromResult<string?>("3")));
    }

    [Fact]
    public async Task Absence_is_kept_too()
    {
        Assert.Null(await GetAsync(() => Task.FromResult<string?>(null)));
        Assert.Null(await GetAsync(() => Task.FromResult<string?>("1")));
    }

    [Fact]
    public async Task Many_who_ask_at_once_cost_one_load()
    {
        var gate = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var waiting = Enumerable.Range(0, 50).Select(_ => GetAsync(() => gate.Task)).ToArray();
        gate.SetResult("1");

        Assert.All(await Task.WhenAll(waiting), value => Assert.Equal("1", value));
        Assert.Equal(1, _loads);
    }

    [Fact]
    public async Task A_failed_load_is_not_kept()
    {
        await Assert.ThrowsAsync<IOException>(() => GetAsync(() => throw new IOException()));
        Assert.Equal("1", await GetAsync(() => Task.FromResult<string?>("1")));
    }

    [Fact]
    public async Task A_load_that_began_before_a_change_is_not_given_to_who_asks_after_it()
    {
        var gate = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var early = GetAsync(() => gate.Task);

        _cache.Drop("key");
        var late = await GetAsync(() => Task.FromResult<string?>("new"));
        gate.SetResult("old");

        Assert.Equal("old", await early);
        Assert.Equal("new", late);
        Assert.Equal("new", await GetAsync(() => Task.FromResult<string?>("newest")));
    }

    [Fact]
    public async Task A_caller_who_leaves_does_not_end_the_load_of_the_others()
    {
        using var left = new CancellationTokenSource();
        var gate = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = _cache.GetAsync("key", _ => gate.Task, left.Token);
        var second = GetAsync(() => Task.FromResult<string?>("never"));

        await left.CancelAsync();
        gate.SetResult("1");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.Equal("1", await second);
    }
}
