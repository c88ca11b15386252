using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Realtime;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Shared.Polls;

/// <summary>Holds a device's read until the cloud sets something (specification a.8).</summary>
public sealed class PollService(
    TableDeviceStore devices,
    DeviceAccess access,
    IWakes wakes,
    HeldPolls held,
    IOptions<LongPollOptions> options,
    IOptions<DeviceOptions> deviceOptions,
    TimeProvider time)
{
    /// <summary>Waits for news of some values.</summary>
    /// <param name="device">Who waits.</param>
    /// <param name="aliases">Distinct aliases; those that are not defined are never news.</param>
    /// <param name="terms">What the device asks for.</param>
    /// <param name="clientGone">The client's disconnect: it ends the wait. Storage work has a deadline of its own.</param>
    /// <returns>The news, or <see cref="PollAnswer.Nothing"/> at the end of the wait; Unauthorized once the credential holds no longer.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had.</exception>
    public async Task<Outcome<PollAnswer>> WaitAsync(DeviceSession device, IReadOnlyList<string> aliases, PollTerms terms, CancellationToken clientGone)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(aliases);
        ArgumentNullException.ThrowIfNull(terms);
        var wanted = Defined(device.Connector, aliases);
        var wait = PollRules.Wait(terms.Wait, options.Value.MaxWait);
        var until = (time.GetUtcNow() + wait).ToUnixMicros();
        using var poll = new Poll(device.Key, aliases, wait, options.Value.LookAgain, time);
        held.Enter(poll);
        try
        {
            // Listen, look, sleep: whatever is set after the look is heard.
            using var listening = await wakes.RegisterAsync(device.Connector.Id, device.Identity, poll, clientGone);
            await using var leaving = clientGone.UnsafeRegister(static poll => ((Poll)poll!).Signal(PollSignals.Gone), poll);
            var reader = new PollReader(devices, access, device, [.. wanted.Select(definition => definition.Alias)], until, deviceOptions.Value, time);
            return await RunAsync(poll, new PollNews(wanted, terms.Since), reader.LookAsync);
        }
        finally
        {
            held.Leave(poll);
        }
    }

    /// <summary>Looks and sleeps until there is news or an end.</summary>
    internal static async Task<Outcome<PollAnswer>> RunAsync(Poll poll, PollNews news, Func<Task<Outcome<PollLook>>> look)
    {
        const PollSignals Reasons = PollSignals.Set | PollSignals.Access | PollSignals.LookAgain;
        var signals = PollSignals.None;
        while (true)
        {
            if (!(await look()).TryGet(out var seen, out var failure))
            {
                return failure;
            }

            if (news.Find(seen, signals) is { } answer)
            {
                return answer;
            }

            if (signals.HasFlag(PollSignals.End))
            {
                return PollAnswer.Nothing;
            }

            signals = await poll.NextAsync(seen.IsNoted ? null : DeviceAccess.TouchInterval);
            if (signals.HasFlag(PollSignals.Gone) || (signals & Reasons) == PollSignals.None)
            {
                return PollAnswer.Nothing;
            }
        }
    }

    private static List<ResourceDefinition> Defined(Connector connector, IReadOnlyList<string> aliases)
    {
        List<ResourceDefinition> wanted = new(aliases.Count);
        foreach (var text in aliases)
        {
            if (Alias.TryParse(text, out var alias) && connector.Resources.TryGetValue(alias, out var definition))
            {
                wanted.Add(definition);
            }
        }

        return wanted;
    }
}
