using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Shared.Polls;

/// <summary>What one poll has seen, and what of the next look is news to it.</summary>
/// <param name="wanted">The resources that it asks for, in that order.</param>
/// <param name="since">See <see cref="PollTerms.Since"/>.</param>
internal sealed class PollNews(IReadOnlyList<ResourceDefinition> wanted, long? since)
{
    private long[]? _found;

    /// <summary>Looks for news; the first look is the one that the poll begins with.</summary>
    /// <param name="look">What is stored now.</param>
    /// <param name="signals">Why it is looked at.</param>
    /// <param name="missedSince">Since when a wake may have been missed, µs since the Unix epoch; null = none was.</param>
    /// <returns>The answer; null = nothing new.</returns>
    public PollAnswer? Find(PollLook look, PollSignals signals, long? missedSince = null)
    {
        var first = _found is null;
        _found ??= [.. wanted.Select(definition => PollRules.StampOf(definition, look.Rows.GetValueOrDefault(definition.Alias)))];
        var began = since is null && (signals.HasFlag(PollSignals.Set) || (missedSince is { } from && PollRules.IsSetSince(look.PollStamp, from)));
        for (var i = 0; i < wanted.Count; i++)
        {
            var row = look.Rows.GetValueOrDefault(wanted[i].Alias);
            if ((first ? PollRules.IsNewSince(wanted[i], row, since) : PollRules.IsChanged(wanted[i], row, _found[i])) || (began && PollRules.IsNewestSet(wanted[i], row, look.PollStamp)))
            {
                return Answer(look);
            }
        }

        return null;
    }

    private PollAnswer Answer(PollLook look)
    {
        List<AliasValue> values = new(wanted.Count);
        var newest = 0L;
        foreach (var definition in wanted)
        {
            var row = look.Rows.GetValueOrDefault(definition.Alias);
            if (StateRules.Present(definition, row) is { } value)
            {
                values.Add(new AliasValue(definition.Alias.Value, value.Text));
                newest = Math.Max(newest, PollRules.StampOf(definition, row));
            }
        }

        return new PollAnswer(values, PollRules.LastModified(newest, look.PollStamp, look.At));
    }
}
