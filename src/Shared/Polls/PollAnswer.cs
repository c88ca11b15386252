using Murano.Shared.State;

namespace Murano.Shared.Polls;

/// <summary>How a poll ended.</summary>
/// <param name="Values">The aliases that have values, in the order asked; none when nothing changed.</param>
/// <param name="LastModified">Seconds since the Unix epoch. Asking for news since the next second repeats nothing and loses nothing.</param>
public sealed record PollAnswer(IReadOnlyList<AliasValue> Values, long LastModified)
{
    /// <summary>Nothing changed.</summary>
    public static PollAnswer Nothing { get; } = new([], 0);
}
