using System.Text;
using System.Text.Json;
using Murano.Functions.DeviceApi;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Events;
using Murano.Shared.Identities;
using Murano.Shared.State;
using Murano.Shared.Tags;

namespace Murano.Integration.Tests.Events;

/// <summary>Each kind of change tells its event: in the change's own transaction, once, in order.</summary>
public sealed class OutboxTests(AzuriteFixture azurite)
{
    private static readonly string Key = new('k', DeviceToken.Length);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_records_sets_and_uploads_tell_what_was_in_them()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in", "data_out", "content_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await TagTexts.ChangeAsync(fleet, fleet.One, "sn-1", TagTexts.Add("site=nord")).Ok();

        await fleet.One.WriteAsync(token, ("temp", "21.5"), ("undefined", "x\n")).Ok();
        await RecordAsync(fleet.One, token, "alias=temp&200=b&100=a&alias=other&200=c").Ok();
        await fleet.One.SetAsync(fleet.Connector, "sn-1", ("led", "1"), ("name", "n")).Ok();
        await fleet.One.UploadAsync(token, "log.txt", new TestSource((byte)'h', 5)).Ok();

        await EventFleet.DrainedAsync(fleet);
        const string Who = "\"identity\":\"sn-1\",\"ip\":\"192.0.2.7\",\"protocol\":\"onep\",\"timestamp\":1795435200500000,\"tags\":[{\"name\":\"site\",\"value\":\"nord\"}]";
        Assert.Equal(
        [
            $$$"""{"type":"data_in",{{{Who}}},"payload":[{"timestamp":1795435200500000,"values":{"temp":"21.5","undefined":"x\n"}}]}""",
            $$$"""{"type":"data_in",{{{Who}}},"payload":[{"timestamp":100000000,"values":{"temp":"a"}},{"timestamp":200000000,"values":{"temp":"b","other":"c"}}]}""",
            """{"type":"data_out","identity":"sn-1","timestamp":1795435200500000,"tags":[{"name":"site","value":"nord"}],"payload":[{"timestamp":1795435200500000,"values":{"led":"1","name":"n"}}]}""",
            $$$"""{"type":"content_in",{{{Who}}},"payload":{"id":"device2/sn-1/log.txt","length":5,"type":"application/octet-stream"}}""",
        ], receiver.Texts);
        receiver.AssertOrdered();
    }

    [Fact]
    public async Task A_device_is_provisioned_by_itself_and_by_hand_and_deleted_once_each()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "provisioned", "deleted");
        await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.PutAsync(fleet.Connector, "sn-2", new IdentityChange { AuthType = AuthType.Token, Key = Key }).Ok();
        await fleet.One.PatchAsync(fleet.Connector, "sn-2", new IdentityChange { Locked = true }).Ok();
        await fleet.One.PatchAsync(fleet.Connector, "sn-2", new IdentityChange { Locked = false }).Ok();

        await fleet.One.DeleteAsync(fleet.Connector, "sn-1").Ok();
        await fleet.One.DeleteAsync(fleet.Connector, "sn-2").Ok();

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal([EventType.Provisioned, EventType.Provisioned, EventType.Deleted, EventType.Deleted], receiver.Types);
        Assert.Equal("""{"type":"provisioned","identity":"sn-1","ip":"192.0.2.7","protocol":"onep","timestamp":1795435200500000,"tags":[]}""", receiver.Texts[0]);
        Assert.Equal("""{"type":"provisioned","identity":"sn-2","timestamp":1795435200500000,"tags":[]}""", receiver.Texts[1]);
        await EventFleet.SweepAsync(fleet);
        Assert.Empty(await fleet.RowsAsync("devices"));
        Assert.Empty(await fleet.RowsAsync("todo"));
    }

    [Fact]
    public async Task A_write_that_the_fence_refuses_tells_nothing()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await other.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok();

        Assert.False((await fleet.One.WriteAsync(token, ("temp", "2"))).TryGet(out _, out _));

        Assert.Equal(0, await EventFleet.LeftAsync(fleet));
        Assert.Single(receiver.Taken);
    }

    [Fact]
    public async Task Ninety_seven_values_of_512_KiB_fit_with_their_event()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in", "connect", "disconnect");
        var names = Enumerable.Range(0, StateLimits.MaxAliases).Select(i => $"a{i}").ToArray();
        await Definitions.ReplaceAsync(fleet.One.Connectors, fleet.Connector, $"{{{string.Join(',', names.Select(name => $"\"{name}\":{{\"format\":\"string\",\"settable\":true}}"))}}}");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var random = new Random(5);
        var length = StateLimits.MaxRequestValueBytes / names.Length;

        await fleet.One.WriteAsync(token, [.. names.Select(name => (name, new string([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(1, 128))])))]).Ok();
        await fleet.One.SetAsync(fleet.Connector, "sn-1", [.. names.Select(name => (name, new string('"', length)))]).Ok();

        await EventFleet.DrainedAsync(fleet);
        Assert.Contains(EventType.DataIn, receiver.Types);
    }

    [Fact]
    public async Task Events_carry_the_tags_as_they_are_at_the_commit()
    {
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var other = fleet.Scale();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(token, ("temp", "0")).Ok();
        await TagTexts.ChangeAsync(fleet, other, "sn-1", TagTexts.Add("a=1")).Ok();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await TagTexts.ChangeAsync(fleet, other, "sn-1", TagTexts.Add([.. Enumerable.Range(0, 98).Select(i => $"b={i}")])).Ok();
        await fleet.One.WriteAsync(token, ("temp", "2")).Ok();
        await TagTexts.ChangeAsync(fleet, other, "sn-1", new TagEdit { Drop = [TagTexts.Tag("a=1").Name, TagTexts.Tag("b=1").Name] }).Ok();
        await fleet.One.WriteAsync(token, ("temp", "3")).Ok();

        await EventFleet.DrainedAsync(fleet);
        Assert.Equal([0, 1, 99, 0], receiver.Texts.Select(text => JsonDocument.Parse(text).RootElement.GetProperty("tags").GetArrayLength()));
    }

    private static async Task<Outcome<Done>> RecordAsync(Instance instance, PresentedCredential presented, string body)
    {
        var session = await instance.Access.AuthenticateAsync(presented, instance.Origin, Token).Ok();
        List<RecordedValue> all = [];
        Assert.True(RecordForm.Parse(Encoding.UTF8.GetBytes(body), null, all).TryGet(out var points, out _));
        return await instance.Get<RecordService>().RecordAsync(session, points, all, Token);
    }
}
