using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Unit.Tests.Connectors;
using static Murano.Unit.Tests.Connectors.Connectors;

namespace Murano.Unit.Tests.Events;

public sealed class EventSettingsTests
{
    private const string Url = "https://a.example/b";

    private static readonly Connector Set = Patch(Empty, $$$$"""{"events":{"destination":{"type":"webhook","url":"{{{{Url}}}}"}}}""", "first");

    [Fact]
    [Spec("c.4/15")]
    public void A_destination_brings_all_types()
    {
        Assert.Equal(Enum.GetValues<EventType>(), Set.Settings.Events.Types);
        Assert.Equal(new EventDestination(EventDestinationKind.Webhook, Url, "first"), Set.Settings.Events.Destination);
        Assert.True(Set.Settings.Events.IsOn);
    }

    [Fact]
    [Spec("c.4/15")]
    public void Types_that_were_given_stay()
    {
        var types = Patch(Empty, """{"events":{"types":["data_in","publish","data_in"]}}""");
        var both = Patch(types, $$$$"""{"events":{"destination":{"url":"{{{{Url}}}}"}}}""");

        Assert.False(types.Settings.Events.IsOn);
        Assert.Equal([EventType.DataIn, EventType.Publish], both.Settings.Events.Types);
        Assert.True(both.Settings.Events.Delivers(EventType.DataIn));
        Assert.False(both.Settings.Events.Delivers(EventType.DataOut));
    }

    [Fact]
    [Spec("c.4/15")]
    public void No_types_are_none()
    {
        var none = Patch(Set, """{"events":{"types":[]}}""");

        Assert.Empty(none.Settings.Events.Types);
        Assert.Empty(Patch(none, """{"events":{"destination":{"url":"https://a.example/c"}}}""").Settings.Events.Types);
    }

    [Fact]
    public void Null_removes_the_destination_and_leaves_the_types()
    {
        var removed = Patch(Set, """{"events":{"destination":null}}""");

        Assert.Null(removed.Settings.Events.Destination);
        Assert.Equal(Set.Settings.Events.Types, removed.Settings.Events.Types);
    }

    [Theory]
    [InlineData("https://a.example/c?x=1", "first")]
    [InlineData("https://A.example:444/", "first")]
    [InlineData("https://b.example/b", "second")]
    public void Another_host_has_another_secret(string url, string key) =>
        Assert.Equal(key, Patch(Set, $$$$"""{"events":{"destination":{"url":"{{{{url}}}}"}}}""", "second").Settings.Events.Destination!.Key);

    [Fact]
    public void A_topic_has_no_secret()
    {
        const string Topic = "https://fleet.westeurope-1.eventgrid.azure.net/api/events";
        var topic = Patch(Set, $$$$"""{"events":{"destination":{"type":"eventgrid","url":"{{{{Topic}}}}"}}}""", "second");

        Assert.Equal(new EventDestination(EventDestinationKind.EventGrid, Topic, ""), topic.Settings.Events.Destination);
        Assert.Equal("third", Patch(topic, """{"events":{"destination":{"type":"webhook"}}}""", "third").Settings.Events.Destination!.Key);
    }

    [Fact]
    public void A_change_of_something_else_leaves_them() => Assert.Same(Set.Settings.Events, Patch(Set, """{"name":"N"}""").Settings.Events);

    [Fact]
    public void What_was_set_before_a_rule_can_be_sent_back()
    {
        var local = Patch(Empty, """{"events":{"destination":{"url":"http://localhost/?code=1"}}}""", allowPrivate: true);

        Assert.Equal(local.Settings.Events.Destination, Patch(local, local.Blob()).Settings.Events.Destination);
    }

    [Theory]
    [InlineData("""{"events":{"types":["data_in","nothing"]}}""", "enum-mismatch", "events.types")]
    [InlineData("""{"events":{"types":[1]}}""", "enum-mismatch", "events.types")]
    [InlineData("""{"events":{"types":"data_in"}}""", "invalid-type", "events.types")]
    [InlineData("""{"events":{"destination":"https://a.example"}}""", "invalid-type", "events.destination")]
    [InlineData("""{"events":{"destination":{}}}""", "bad-url", "events.destination.url")]
    [InlineData("""{"events":{"destination":{"url":"http://a.example"}}}""", "bad-url", "events.destination.url")]
    [InlineData("""{"events":{"destination":{"url":1}}}""", "invalid-type", "events.destination.url")]
    [InlineData("""{"events":{"destination":{"type":"queue","url":"https://a.example"}}}""", "enum-mismatch", "events.destination.type")]
    [InlineData("""{"events":null}""", "invalid-type", "events")]
    public void A_bad_value_is_refused(string change, string reason, string field)
    {
        var refused = Assert.IsType<Failure.Rejected>(Empty.Refused(change));

        Assert.Equal((reason, field), (refused.Reason, refused.Field));
    }

    [Fact]
    public void Storage_has_all_of_it_and_the_wire_no_secret()
    {
        var connector = Patch(Empty, """{"events":{"types":["data_in"],"destination":{"url":"https://a.example/b?code=hidden"}}}""", "thekey");
        var stored = ConnectorJson.Settings(connector.Settings);

        Assert.EndsWith(""","events":{"types":["data_in"],"destination":{"type":"webhook","url":"https://a.example/b?code=hidden","key":"thekey"}}}""", stored, StringComparison.Ordinal);
        Assert.Equivalent(connector.Settings.Events, ConnectorJson.ReadSettings(stored).Events, strict: true);
        Assert.Contains(""","events":{"types":["data_in"],"destination":{"type":"webhook","url":"https://a.example/b?***"}},""", connector.Blob(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_from_outside_is_not_looked_at() =>
        Assert.Equal("made", Patch(Empty, """{"events":{"destination":{"url":"https://a.example","key":"mine"}}}""", "made").Settings.Events.Destination!.Key);

    [Fact]
    public void Nothing_is_said_where_there_is_nothing_to_say() => Assert.DoesNotContain("events", Empty.Blob(), StringComparison.Ordinal);

    [Fact]
    public void A_new_secret_is_only_for_a_webhook()
    {
        Assert.True(EventSettingsRules.Renew(Set, "new").TryGet(out var renewed, out _));
        Assert.Equal(Set.Settings.Events.Destination! with { Key = "new" }, renewed.Settings.Events.Destination);
        Assert.False(EventSettingsRules.Renew(Empty, "new").TryGet(out _, out var failure));
        Assert.Same(EventSettingsRules.NoWebhook, failure);
    }

    private static Connector Patch(Connector connector, string json, string key = "other", bool allowPrivate = false)
    {
        Assert.True(connector.Patch(json, new(allowPrivate, key)).TryGet(out var patched, out var failure), failure?.ToString());
        return patched;
    }
}
