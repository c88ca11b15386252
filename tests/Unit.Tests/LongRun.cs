namespace Murano.Tests;

/// <summary>The switch between runs that everybody waits for and those of a night: the environment variable <c>MURANO_LONG=1</c>.</summary>
internal static class LongRun
{
    private static readonly bool IsOn = Environment.GetEnvironmentVariable("MURANO_LONG") is "1";

    /// <summary>How many inputs a parser is fed with.</summary>
    public static int Inputs { get; } = Of(10_000, 1_000_000);

    /// <summary>One of two.</summary>
    public static T Of<T>(T usual, T night) => IsOn ? night : usual;
}
