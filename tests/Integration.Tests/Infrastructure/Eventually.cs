using System.Diagnostics;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Waits for conditions, never for time alone.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Returns as soon as <paramref name="condition"/> holds; fails when it does not within the deadline (20 s by default).</summary>
    public static Task TrueAsync(Func<bool> condition, string what, TimeSpan? within = null) =>
        TrueAsync(() => Task.FromResult(condition()), what, within);

    /// <summary>As the other, for a condition that takes its time.</summary>
    public static async Task TrueAsync(Func<Task<bool>> condition, string what, TimeSpan? within = null)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var since = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(since) < (within ?? Patience), $"Not within {within ?? Patience}: {what}");
            await Task.Delay(Pause, TestContext.Current.CancellationToken);
        }
    }
}
