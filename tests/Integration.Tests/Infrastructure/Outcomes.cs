using Murano.Shared;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Assertions on outcomes.</summary>
internal static class Outcomes
{
    public static T Ok<T>(this Outcome<T> outcome)
        where T : notnull
    {
        Assert.True(outcome.TryGet(out var value, out var failure), failure?.ToString());
        return value;
    }

    public static Failure Failed<T>(this Outcome<T> outcome)
        where T : notnull
    {
        Assert.False(outcome.TryGet(out var value, out var failure), $"It was done: {value}");
        return failure!;
    }

    public static async Task<T> Ok<T>(this Task<Outcome<T>> outcome)
        where T : notnull => (await outcome).Ok();

    /// <summary>What it settles on when it is asked again for as long as other writers keep it from it, as the 503 tells a caller to do.</summary>
    public static async Task<T> UntilDoneAsync<T>(Func<Task<Outcome<T>>> ask)
        where T : notnull
    {
        while (true)
        {
            if ((await ask()).TryGet(out var value, out var failure))
            {
                return value;
            }

            Assert.Equal("contention", Assert.IsType<Failure.Busy>(failure).Reason);
        }
    }

    public static async Task<string> FailedAsync<T>(this Task<Outcome<T>> outcome)
        where T : notnull => (await outcome).Failed().Reason;
}
