namespace Murano.Shared;

/// <summary>Instants as the numbers that go over the wire and into rows: microseconds since the Unix epoch.</summary>
public static class UnixTime
{
    /// <summary>Microseconds in a second.</summary>
    public const long MicrosPerSecond = 1_000_000;

    /// <summary>The instant as whole microseconds (µs) since the Unix epoch.</summary>
    public static long ToUnixMicros(this DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Now as whole microseconds (µs) since the Unix epoch.</summary>
    public static long GetUnixMicros(this TimeProvider time) => time.GetUtcNow().ToUnixMicros();

    /// <summary>The instant that <paramref name="micros"/> µs since the Unix epoch name.</summary>
    public static DateTimeOffset FromMicros(long micros) => DateTimeOffset.UnixEpoch.AddTicks(micros * TimeSpan.TicksPerMicrosecond);
}
