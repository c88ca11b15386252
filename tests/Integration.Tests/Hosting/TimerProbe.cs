using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace Murano.Integration.Tests.Hosting;

/// <summary>What the timer functions of one app saw, and whether they may end.</summary>
internal sealed class TimerProbe
{
    public ConcurrentQueue<TimerInfo> Runs { get; } = new();

    public Func<CancellationToken, Task> During { get; init; } = _ => Task.CompletedTask;
}
