using System.ComponentModel.DataAnnotations;

namespace Murano.Shared.Realtime;

/// <summary>How the live log is shown.</summary>
public sealed class LiveLogOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "LiveLog";

    /// <summary>Longest time that one reply goes on which shows the log to the command line. Azure cuts a reply off at 230 s. 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "LiveLog:MaxStream must be from 00:00:01 to 00:05:00.")]
    public TimeSpan MaxStream { get; set; } = TimeSpan.FromSeconds(200);

    /// <summary>Most such replies at once on one instance.</summary>
    [Range(0, 10_000, ErrorMessage = "LiveLog:MaxStreams must be from 0 to 10000.")]
    public int MaxStreams { get; set; } = 20;

    /// <summary>Most events that wait for one viewer, or to be sent to those who watch the same; with more the oldest are lost, and counted.</summary>
    [Range(1, 1_000_000, ErrorMessage = "LiveLog:MaxWaiting must be from 1 to 1000000.")]
    public int MaxWaiting { get; set; } = 5_000;
}
