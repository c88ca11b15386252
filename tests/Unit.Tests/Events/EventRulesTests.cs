using System.Text;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.State;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Events;

public sealed class EventRulesTests
{
    private const long Now = 1_000_000_000;
    private const string Mine = "0123456789abcdef0123456789abcdef";
    private static readonly TimeSpan Claim = TimeSpan.FromSeconds(60);
    private static readonly EventSettings All = new() { Types = Enum.GetValues<EventType>(), Destination = new(EventDestinationKind.Webhook, "https://example.com", "k") };

    private static DeviceKey Key => new(
        ConnectorId.TryParse("sample", out var connector) ? connector : throw new InvalidOperationException(), IdentityId.TryParse("sn-1", out var identity) ? identity : throw new InvalidOperationException());

    private static EventsHead Head => new() { Key = Key, ETag = "1", Tags = "", Sequence = 5, Delivered = 5 };

    private static EventChange Written => new() { Happened = [EventRules.Plain(EventType.DataIn, Key, null, Now)] };

    public sealed class Plan
    {
        [Theory]
        [InlineData(5, Now)]
        [InlineData(Now, Now + 1)]
        [InlineData(Now + 7, Now + 8)]
        public void Sequences_rise_whatever_the_clock_says(long before, long first)
        {
            var (outbox, _) = EventRules.Plan(All, Mine, Head with { Sequence = before, Delivered = before }, Written with { Connects = true }, Now, Claim);

            Assert.Equal([first, first + 1], outbox!.Events.Select(happened => happened.Sequence));
            Assert.Equal(first + 1, outbox.Head.Sequence);
            Assert.Equal(before, outbox.Head.Delivered);
        }

        [Theory]
        [InlineData(0, true)]
        [InlineData(Now, true)]
        [InlineData(Now + 1, false)]
        public void Who_commits_delivers_unless_somebody_else_does(long claimedUntil, bool isMine)
        {
            var (outbox, _) = EventRules.Plan(All, Mine, Head with { ClaimedUntil = claimedUntil, ClaimedBy = "other" }, Written, Now, Claim);

            Assert.Equal(isMine ? (Mine, Now + 60_000_000) : ("other", claimedUntil), (outbox!.Head.ClaimedBy, outbox.Head.ClaimedUntil));
            Assert.Equal(Mine, outbox.Head.OperationId);
        }

        [Fact]
        public void What_is_not_delivered_is_told_and_not_stored()
        {
            var (outbox, told) = EventRules.Plan(All with { Types = [EventType.Deleted] }, Mine, Head, Written, Now, Claim);

            Assert.Null(outbox);
            Assert.Equal([EventType.DataIn], told.Select(happened => happened.Type));
        }

        [Fact]
        public void A_connection_ends_before_and_begins_after_what_happens_between()
        {
            var change = Written with { Disconnects = true, DisconnectedAt = 7, Connects = true, Address = "192.0.2.1" };

            var (outbox, told) = EventRules.Plan(All, Mine, Head with { Connection = "old" }, change, Now, Claim);

            Assert.Equal([(EventType.Disconnect, 7, "old"), (EventType.DataIn, Now, ""), (EventType.Connect, Now, Mine)], told.Select(happened => (happened.Type, happened.Time, happened.ConnectionId)));
            Assert.Equal(Mine, outbox!.Head.Connection);
        }

        [Fact]
        public void A_device_that_goes_leaves_neither_tags_nor_a_connection()
        {
            var (outbox, told) = EventRules.Plan(All, Mine, Head with { Connection = "old", Tags = "a!1" }, new EventChange { Disconnects = true, Leaves = true }, Now, Claim);

            Assert.Equal("a", Assert.Single(Assert.Single(told).Tags!).Name.Value);
            Assert.Equal((null, ""), (outbox!.Head.Tags, outbox.Head.Connection));
        }

        [Fact]
        public void A_device_that_is_made_has_nothing_of_the_one_before()
        {
            var (outbox, told) = EventRules.Plan(All, Mine, Head with { Connection = "old", Tags = "a!1" }, Written with { MakesDevice = true, Disconnects = true }, Now, Claim);

            Assert.Empty(Assert.Single(told).Tags!);
            Assert.Equal(("", ""), (outbox!.Head.Tags, outbox.Head.Connection));
        }
    }

    public sealed class Rest
    {
        [Theory]
        [InlineData(0, 6)]
        [InlineData(1, 12)]
        [InlineData(3, 48)]
        [InlineData(4, 60)]
        [InlineData(1000, 60)]
        public void Doubles_up_to_an_hour(int attempts, int minutes) => Assert.Equal(TimeSpan.FromMinutes(minutes), EventRules.Rest(TimeSpan.FromMinutes(6), attempts));
    }

    public sealed class Recorded
    {
        [Fact]
        public void Has_one_entry_for_each_time_in_order_and_the_last_value_of_an_alias()
        {
            List<RecordedValue> points = [Point("a", 2, "x"), Point("b", 1, "y"), Point("a", 1, "z"), Point("a", 2, "w")];

            var happened = EventRules.Recorded(Key, new Murano.Shared.Access.DeviceOrigin(System.Net.IPAddress.Loopback, "", IsHttps: true), points, Now);

            Assert.Equal("1 b=y a=z, 2 a=w", string.Join(", ", happened.Points.Select(point => $"{point.Time} {string.Join(' ', point.Values.Select(value => $"{value.Alias}={Encoding.UTF8.GetString(value.Text.Span)}"))}")));
        }

        private static RecordedValue Point(string alias, long time, string value) => new(alias, time, Encoding.UTF8.GetBytes(value));
    }
}
