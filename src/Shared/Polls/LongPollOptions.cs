using System.ComponentModel.DataAnnotations;

namespace Murano.Shared.Polls;

/// <summary>How long polls are held.</summary>
public sealed class LongPollOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "LongPoll";

    /// <summary>Longest time a poll is held, whatever the device asks for. Azure cuts a reply off at 230 s; LocalHost has 300 s when nothing is set. 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "LongPoll:MaxWait must be from 00:00:01 to 00:05:00.")]
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(200);

    /// <summary>Most polls that one instance holds; one more ends the oldest. To be 0.8 of the requests that an instance takes at once, so that writes find room.</summary>
    [Range(1, 1_000_000, ErrorMessage = "LongPoll:MaxPolls must be from 1 to 1000000.")]
    public int MaxPolls { get; set; } = 800;

    /// <summary>How often a poll looks again although nothing woke it, at the latest: a wake may be lost. 1 s to 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = "LongPoll:LookAgain must be from 00:00:01 to 00:05:00.")]
    public TimeSpan LookAgain { get; set; } = TimeSpan.FromSeconds(25);
}
