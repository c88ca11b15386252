using System.Text;
using System.Text.Json;
using Murano.Shared.Events;
using Murano.Shared.Events.Delivery;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Events;

public sealed class CloudEventRulesTests
{
    private const long Time = 1_500_000_000_123_456;

    [Fact]
    public void An_event_is_a_CloudEvent_in_structured_mode() => Assert.Equal(
        """{"specversion":"1.0","id":"u1rnqm3kgg2u80000/sn*201/0001500000000123457","source":"/murano/u1rnqm3kgg2u80000","type":"murano.data_in","subject":"sn 1","time":"2017-07-14T02:40:00.123456Z","datacontenttype":"application/json","sequence":"0001500000000123457","data":{"type":"data_in"}}""",
        Encoding.UTF8.GetString(CloudEventRules.Encode(CloudEventRules.Of(Event("sn 1", Time + 1))).Span));

    [Fact]
    public void Ids_are_ascii_without_dots_and_tell_devices_apart()
    {
        string[] identities = ["a.b", "a*2Eb", "é", "a b", "a!b", "a%2Eb", "日本"];
        var ids = identities.Select(identity => CloudEventRules.Of(Event(identity, 1)).Id).ToList();

        Assert.Distinct(ids, StringComparer.Ordinal);
        Assert.All(ids, id => Assert.True(id.All(c => c is > ' ' and < '\x7f' and not '.'), id));
    }

    [Fact]
    public void Sequences_compare_as_text()
    {
        long[] sequences = [0, 9, 10, 999, Time, long.MaxValue];
        var texts = sequences.Select(sequence => CloudEventRules.Of(Event("a", sequence)).Sequence).ToList();

        Assert.Equal(texts.Order(StringComparer.Ordinal), texts, StringComparer.Ordinal);
    }

    [Fact]
    public void Each_type_has_its_word() => Assert.All(
        Enum.GetValues<EventType>(),
        type => Assert.Equal("murano." + EventTypeNames.Of(type), CloudEventRules.Of(Event("a", 1) with { Type = type }).Type));

    [Fact]
    public void A_test_concerns_no_device()
    {
        var test = JsonSerializer.Deserialize<JsonElement>(CloudEventRules.Encode(CloudEventRules.Test(Connectors.Connectors.Id, Time)).Span);

        Assert.Equal("murano.test", test.GetProperty("type").GetString());
        Assert.False(test.TryGetProperty("subject", out _));
        Assert.Equal(Time, test.GetProperty("data").GetProperty("timestamp").GetInt64());
    }

    [Fact]
    public void A_batch_holds_the_same_event()
    {
        var message = CloudEventRules.Of(Event("a", 1));

        Assert.Equal($"[{Encoding.UTF8.GetString(CloudEventRules.Encode(message).Span)}]", Encoding.UTF8.GetString(CloudEventRules.EncodeBatch(message).Span));
    }

    private static OutboxEvent Event(string identity, long sequence)
    {
        Assert.True(IdentityId.TryParse(identity, out var id));
        return new(new DeviceKey(Connectors.Connectors.Id, id), sequence, EventType.DataIn, Time, """{"type":"data_in"}"""u8.ToArray());
    }
}
