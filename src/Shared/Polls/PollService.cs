using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Realtime;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Shared.Polls;

/// <summary>Holds a device's read until the cloud sets something (specification a.8).</summary>
public sealed partial class PollService(
    TableDeviceStore devices,
    DeviceAccess access,
    IWakes wakes,
    HeldPolls held,
    IOptions<LongPollOptions> options,
    IOptions<DeviceOptions> deviceOptions,
    TimeProvider time,
    ILogger<PollService> logger)
{
    /// <summary>Waits for news of some values.</summary>
    /// <param name="device">Who waits.</param>
    /// <param name="aliases">Distinct aliases; those that are not defined are never news.</param>
    /// <param name="terms">What the device asks for.</param>
    /// <param name="clientGone">The client's disconnect: it ends the wait. Storage work has a deadline of its own.</param>
    /// <returns>The news, or <see cref="PollAnswer.Nothing"/> at the end of the wait; Unauthorized once the credential holds no longer.</returns>
    /// <exception cref="StorageUnavailableException">Storage is not to be had at the beginning, or after a wake.</exception>
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
            using var listening = await RegisterAsync(device, poll, wait, clientGone);
            poll.Listen(listening);
            await using var leaving = clientGone.UnsafeRegister(static poll => ((Poll)poll!).Signal(PollSignals.Gone), poll);
            var reader = new PollReader(devices, access, device, [.. wanted.Select(definition => definition.Alias)], until, deviceOptions.Value, time);
            return await RunAsync(poll, new PollNews(wanted, terms.Since), reader.LookAsync, logger);
        }
        finally
        {
            held.Leave(poll);
        }
    }

    /// <summary>
    /// Looks and sleeps until there is news or an end. A look that fails ends the poll only when it is the first, or when several in a row fail after a wake.
    /// Until a look comes about nothing is answered, so a device that was shut out meanwhile learns nothing.
    /// </summary>
    internal static async Task<Outcome<PollAnswer>> RunAsync(Poll poll, PollNews news, Func<PollSignals, Task<Outcome<PollLook>>> look, ILogger logger)
    {
        var heard = PollSignals.None; // since the last look that came about
        var failed = 0;
        var atFirst = poll.Unbroken;
        while (true)
        {
            TimeSpan? rest;
            var unbroken = poll.Unbroken;
            try
            {
                if (!(await look(heard)).TryGet(out var seen, out var failure))
                {
                    return failure;
                }

                if (news.Find(seen, heard, atFirst == 0 || poll.Unbroken != atFirst ? poll.Began : null) is { } answer)
                {
                    return answer;
                }

                rest = seen.IsNoted ? null : DeviceAccess.TouchInterval;
                heard &= PollSignals.End;
                failed = 0;
            }

            // A look has no token but its deadline's, so a cancellation means that storage was slow.
            catch (Exception fault) when (fault is StorageUnavailableException or OperationCanceledException && PollRules.RestAfter(heard, failed, poll.LookAgain) is { } pause)
            {
                Log.LookFailed(logger, fault, poll.Device.Connector.Value, poll.Device.Identity.Value, pause);
                rest = pause;
                heard &= PollSignals.Woken | PollSignals.End;
                failed++;
            }

            if (heard.HasFlag(PollSignals.End))
            {
                return PollAnswer.Nothing;
            }

            var signals = await poll.NextAsync(rest, unbroken);
            if ((signals & PollSignals.Woken) != PollSignals.None)
            {
                failed = 0;
            }

            heard |= signals;
            if (heard.HasFlag(PollSignals.Gone) || (heard & PollSignals.Look) == PollSignals.None)
            {
                return PollAnswer.Nothing;
            }
        }
    }

    // What limits the registration goes before the wait begins: thousands of polls would else hold it for minutes.
    private async Task<IWakeRegistration> RegisterAsync(DeviceSession device, Poll poll, TimeSpan longest, CancellationToken clientGone)
    {
        using var soon = new CancellationTokenSource(longest, time);
        using var ready = CancellationTokenSource.CreateLinkedTokenSource(clientGone, soon.Token);
        return await wakes.RegisterAsync(device.Connector.Id, device.Identity, poll, ready.Token);
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

    private static partial class Log
    {
        // Each of the polls that wait may have one, so not louder; what ends a poll is told by the gate.
        [LoggerMessage(1600, LogLevel.Debug, "A look of the poll of {Connector} {Identity} failed; the next one follows in {Pause} at the latest.")]
        public static partial void LookFailed(ILogger logger, Exception fault, string connector, string identity, TimeSpan pause);
    }
}
