using Murano.Shared.State;

namespace Murano.Shared.Polls;

/// <summary>What storage holds for a poll.</summary>
/// <param name="Rows">The rows of the aliases that have one.</param>
/// <param name="PollStamp">The device's poll stamp, µs; 0 = the cloud never set anything.</param>
/// <param name="At">When the look began, µs.</param>
internal sealed record PollLook(IReadOnlyDictionary<Alias, StateRow> Rows, long PollStamp, long At)
{
    /// <summary>Whether what is stored shows the device as online until the poll runs out.</summary>
    public bool IsNoted { get; init; } = true;
}
