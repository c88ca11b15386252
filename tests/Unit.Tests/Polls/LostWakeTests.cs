using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Polls;
using Murano.Shared.Realtime;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Polls;

/// <summary>A set at every step around the beginning of a poll: none is missed, and no poll hangs past its end.</summary>
public sealed class LostWakeTests
{
    private static int Schedules => Environment.GetEnvironmentVariable("MURANO_LONG") is "1" ? 10_000 : 1000;

    [Fact]
    public async Task No_set_is_missed_wherever_its_steps_fall()
    {
        for (var seed = 0; seed < Schedules; seed++)
        {
            var random = new Random(seed);
            var run = new Schedule(commitAt: random.Next(7), announceAfter: random.Next(4), withTime: random.Next(2) == 0, setBefore: random.Next(2) == 0);
            Assert.True(await run.EndsWithTheSetAsync(), string.Create(CultureInfo.InvariantCulture, $"Schedule {seed}: {run}"));
        }
    }

    /// <summary>One interleaving: steps of the poll and of the set take turns as given. A set that is over before the poll listens counts only for a poll with a time.</summary>
    private sealed class Schedule(int commitAt, int announceAfter, bool withTime, bool setBefore)
    {
        private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 12, 0, 0, 500, TimeSpan.Zero));
        private readonly LocalWakes _wakes = new();
        private readonly ResourceDefinition _definition = Define();
        private StateRow? _row;
        private long _pollStamp;
        private int _step;
        private int _committedAt = -1;
        private bool _announced;
        private bool _listening;
        private bool _announcedWhileListening;

        public async Task<bool> EndsWithTheSetAsync()
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
            using var poll = new Poll(new DeviceKey(connector, identity), ["led"], TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(3600), _time);
            await StepAsync(connector, identity);
            using var listening = await _wakes.RegisterAsync(connector, identity, poll, CancellationToken.None);
            _listening = true;
            await StepAsync(connector, identity);
            var looks = 0;
            var running = PollService.RunAsync(poll, new PollNews([_definition], since), async _ =>
            {
                if (looks++ > 0)
                {
                    return Look();
                }

                await StepAsync(connector, identity);
                var look = Look();
                await StepAsync(connector, identity);
                return look;
            });
            while (_committedAt < 0 || !_announced)
            {
                await StepAsync(connector, identity);
            }

            if (!withTime && !_announcedWhileListening)
            {
                _time.Advance(TimeSpan.FromSeconds(61)); // over before the poll began: not its business, but it must end
                return (await running).TryGet(out _, out _);
            }

            // No safety look and no deadline: only the wake, or the first look, can end it.
            var ended = await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
            return ended.TryGet(out var answer, out _) && answer.Values.Count == 1 && string.Equals(Encoding.UTF8.GetString(answer.Values[0].Value.Span), "set", StringComparison.Ordinal);
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"commit at {commitAt}, announced {announceAfter} later, time {withTime}, set before {setBefore}");

        private static ResourceDefinition Define()
        {
            Assert.True(Alias.TryParse("led", out var alias));
            return new ResourceDefinition { Alias = alias, Settable = true };
        }

        private PollLook Look() => new(
            _row is null ? new Dictionary<Alias, StateRow>() : new Dictionary<Alias, StateRow> { [_row.Alias] = _row },
            _pollStamp,
            _time.GetUnixMicros());

        private async Task StepAsync(ConnectorId connector, IdentityId identity)
        {
            if (_step == commitAt)
            {
                Commit("set");
                _committedAt = _step;
            }

            if (_committedAt >= 0 && !_announced && _step >= _committedAt + announceAfter)
            {
                _announced = true;
                _announcedWhileListening = _listening;
                await _wakes.AnnounceAsync(new Wake(connector, identity, WakeKind.Set), CancellationToken.None);
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
}
