using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Polls;
using Murano.Shared.Realtime;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Polls;

/// <summary>A set, or the loss of access, at every step around the beginning of a poll, with storage that fails now and then: none is missed, and no poll hangs past its end.</summary>
public sealed class LostWakeTests
{
    private static int Schedules => LongRun.Of(1000, 10_000);

    [Fact]
    public async Task Nothing_is_missed_wherever_its_steps_fall()
    {
        for (var seed = 0; seed < Schedules; seed++)
        {
            var random = new Random(seed);
            var run = new Schedule(
                random.Next(3) == 0 ? WakeKind.Access : WakeKind.Set,
                commitAt: random.Next(7),
                announceAfter: random.Next(4),
                withTime: random.Next(2) == 0,
                setBefore: random.Next(2) == 0,
                lookAgainAt: random.Next(14),
                failingLooks: random.Next(2) * random.Next(4),
                brokenFrom: random.Next(3) == 0 ? random.Next(8) : int.MaxValue,
                brokenFor: random.Next(8));
            Assert.True(await run.EndsAsItShouldAsync(), string.Create(CultureInfo.InvariantCulture, $"Schedule {seed}: {run}"));
        }
    }

    /// <summary>
    /// One interleaving: steps of the poll and of the change take turns as given. A set that is over before the poll listens counts only for a poll with a
    /// time. After the first look so many fail as given; of these one may be a safety look. For some steps the hub may be down, and wakes are lost then.
    /// </summary>
    private sealed class Schedule(WakeKind kind, int commitAt, int announceAfter, bool withTime, bool setBefore, int lookAgainAt, int failingLooks, int brokenFrom, int brokenFor)
    {
        private static readonly TimeSpan Step = TimeSpan.FromSeconds(0.5);
        private static readonly TimeSpan Wait = TimeSpan.FromSeconds(60);

        // Three rests after a wake, or the first one after a failed safety look.
        private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(10);

        // The look that is due while the hub is down, or was, and its rests.
        private static readonly TimeSpan LongestUnsure = TimeSpan.FromSeconds(5 + 5 + 10 + 20);

        private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, 500, TimeSpan.Zero));
        private readonly BreakingWakes _wakes = new();
        private readonly ResourceDefinition _definition = Define();
        private StateRow? _row;
        private long _pollStamp;
        private bool _shutOut;
        private int _step;
        private int _failed;
        private int _committedAt = -1;
        private bool _announced;
        private bool _listening;
        private bool _announcedWhileListening;
        private Poll? _poll;

        public async Task<bool> EndsAsItShouldAsync()
        {
            Assert.True(ConnectorId.TryParse("abc", out var connector));
            Assert.True(IdentityId.TryParse("sn-1", out var identity));
            if (setBefore)
            {
                Commit("before");
                _time.Advance(TimeSpan.FromSeconds(2));
            }

            var since = withTime ? (long?)_time.GetUtcNow().ToUnixTimeSeconds() : null;
            await StepAsync(connector, identity);
            using var poll = new Poll(new DeviceKey(connector, identity), ["led"], Wait, TimeSpan.FromSeconds(3600), _time);
            await StepAsync(connector, identity);
            using var listening = await _wakes.RegisterAsync(connector, identity, poll, CancellationToken.None);
            poll.Listen(listening);
            _listening = true;
            await StepAsync(connector, identity);
            var looks = 0;
            var running = PollService.RunAsync(poll, new PollNews([_definition], since), LookAsync, NullLogger.Instance);
            _poll = poll;
            while (_committedAt < 0 || !_announced)
            {
                await StepAsync(connector, identity);
            }

            // Whether it came before the poll or with it cannot be told when the hub is down: once too often does no harm.
            if (kind == WakeKind.Set && !withTime && !_announcedWhileListening && _wakes.Interruptions > 0)
            {
                await EndsWithinAsync(running, poll, TimeSpan.Zero);
                _time.Advance(Wait);
                return await EndsWithinAsync(running, poll, TimeSpan.Zero);
            }

            if (kind == WakeKind.Set && !withTime && !_announcedWhileListening)
            {
                // Over before the poll began: not its business, but it must end.
                var endedBefore = await EndsWithinAsync(running, poll, TimeSpan.Zero);
                _time.Advance(Wait);
                return !endedBefore && await EndsWithinAsync(running, poll, TimeSpan.Zero) && (await running).TryGet(out var nothing, out _) && nothing.Values.Count == 0;
            }

            // The deadline is far off, and while no look fails no time passes: only the wake, or the first look, can end it.
            if (!await EndsWithinAsync(running, poll, _wakes.Interruptions > 0 ? LongestUnsure : failingLooks == 0 ? TimeSpan.Zero : LongestRest))
            {
                return false;
            }

            var ended = (await running).TryGet(out var answer, out var failure);
            return kind == WakeKind.Access
                ? failure is Failure.Unauthorized
                : ended && answer!.Values.Count == 1 && string.Equals(Encoding.UTF8.GetString(answer.Values[0].Value.Span), "set", StringComparison.Ordinal);

            async Task<Outcome<PollLook>> LookAsync(PollSignals _)
            {
                if (looks++ > 0)
                {
                    return _failed++ < failingLooks ? throw new StorageUnavailableException() : Look();
                }

                await StepAsync(connector, identity);
                var look = Look();
                await StepAsync(connector, identity);
                return look;
            }
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{kind}, commit at {commitAt}, announced {announceAfter} later, time {withTime}, set before {setBefore}, safety look at {lookAgainAt}, {failingLooks} looks fail, hub down from {brokenFrom} for {brokenFor}");

        private static ResourceDefinition Define()
        {
            Assert.True(Alias.TryParse("led", out var alias));
            return new ResourceDefinition { Alias = alias, Settable = true };
        }

        // Moves the clock, each time once the poll sleeps, until the poll has ended.
        private async Task<bool> EndsWithinAsync(Task running, Poll poll, TimeSpan longest)
        {
            for (var passed = TimeSpan.Zero; ; passed += Step)
            {
                while (!running.IsCompleted && !poll.IsAsleep)
                {
                    await Task.Yield();
                }

                if (running.IsCompleted || passed >= longest)
                {
                    return running.IsCompleted;
                }

                _time.Advance(Step);
            }
        }

        private Outcome<PollLook> Look() => _shutOut
            ? new Failure.Unauthorized("locked", "The identity is locked.")
            : new PollLook(_row is null ? new Dictionary<Alias, StateRow>() : new Dictionary<Alias, StateRow> { [_row.Alias] = _row }, _pollStamp, _time.GetUnixMicros());

        private async Task StepAsync(ConnectorId connector, IdentityId identity)
        {
            if (_step == lookAgainAt)
            {
                _poll?.Signal(PollSignals.LookAgain);
            }

            _wakes.IsDown = _step >= brokenFrom && _step - brokenFrom < brokenFor;
            if (_step == commitAt)
            {
                _shutOut = kind == WakeKind.Access;
                if (!_shutOut)
                {
                    Commit("set");
                }

                _committedAt = _step;
            }

            if (_committedAt >= 0 && !_announced && _step >= _committedAt + announceAfter)
            {
                _announced = true;
                _announcedWhileListening = _listening;
                await _wakes.AnnounceAsync(new Wake(connector, identity, kind), CancellationToken.None);
            }

            _step++;
        }

        private void Commit(string value)
        {
            var now = _time.GetUnixMicros();
            _pollStamp = StateRules.NextStamp(now, _pollStamp);
            _row = StateRules.CloudSets(_definition, _row, new StateValue(Encoding.UTF8.GetBytes(value), ValueKind.Text), now, _pollStamp).Row with { ETag = "1" };
        }
    }

    /// <summary>Wakes of another instance: while the hub is down they are lost, and whoever listens is told so when it goes down.</summary>
    private sealed class BreakingWakes : IWakes
    {
        private readonly LocalWakes _wakes = new();

        /// <summary>How often it went down.</summary>
        public int Interruptions { get; private set; }

        public bool IsDown
        {
            get;
            set
            {
                if (value && !field)
                {
                    Interruptions++;
                    field = value;
                    _wakes.Unsettle();
                }

                field = value;
            }
        }

        public async ValueTask<IWakeRegistration> RegisterAsync(ConnectorId connector, IdentityId identity, IWakeListener listener, CancellationToken cancellationToken) =>
            new Registration(this, await _wakes.RegisterAsync(connector, identity, listener, cancellationToken));

        public Task AnnounceAsync(Wake wake, CancellationToken cancellationToken) => IsDown ? Task.CompletedTask : _wakes.AnnounceAsync(wake, cancellationToken);

        private sealed class Registration(BreakingWakes wakes, IWakeRegistration local) : IWakeRegistration
        {
            public long Unbroken => wakes.IsDown ? 0 : wakes.Interruptions + 1;

            public void Dispose() => local.Dispose();
        }
    }
}
