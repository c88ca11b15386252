using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;

namespace Murano.Integration.Tests.Devices;

/// <summary>Password devices against storage, on several instances.</summary>
public sealed class PasswordTests(AzuriteFixture azurite)
{
    private const string Secret = "correct horse battery staple";
    private const string Other = "another horse battery staple";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact, Spec("f/2"), Spec("a.5/4"), Spec("a.3/4")]
    public async Task A_device_brings_its_password_and_logs_on_with_it_everywhere()
    {
        await using var fleet = await StartAsync();
        var other = fleet.Scale();

        await fleet.One.ActivateAsync("sn-1", Secret).Ok();

        await fleet.One.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "1")).Ok();
        Assert.Equal("temp=1", await other.ReadAsync(Instance.Basic("sn-1", Secret), "temp").Ok());
        Assert.Equal("wrong-password", await other.WriteAsync(Instance.Basic("sn-1", Other), ("temp", "2")).FailedAsync());
        Assert.Equal("already-provisioned", await other.ActivateAsync("sn-1", Other).FailedAsync());
        Assert.Equal(AuthType.Password, (await other.GetAsync(fleet.Connector, "sn-1").Ok()).AuthType);
        Assert.DoesNotContain(Secret, string.Join('\n', await other.DumpAsync()), StringComparison.Ordinal);
        Assert.Empty(await fleet.RowsAsync("credentials"));
        Assert.Empty(await fleet.RowsAsync("todo"));
    }

    [Fact]
    public async Task Of_twenty_at_once_on_two_instances_one_password_is_taken()
    {
        await using var fleet = await StartAsync();
        var other = fleet.Scale();
        string Password(int i) => $"password of try number {i}";

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? fleet.One : other).ActivateAsync("sn-1", Password(i)))));

        var winner = Assert.Single(Enumerable.Range(0, 20), i => outcomes[i].TryGet(out _, out _));
        Assert.All(outcomes.Where((_, i) => i != winner), outcome => Assert.True(outcome.Failed() is Failure.Conflict or Failure.TooMany));
        await other.WriteAsync(Instance.Basic("sn-1", Password(winner)), ("temp", "1")).Ok();
        Assert.Empty(await fleet.RowsAsync("todo"));
    }

    [Fact, Spec("f/2"), Spec("b.4/17")]
    public async Task An_operator_sets_and_changes_a_password_and_the_old_one_is_dead_at_once()
    {
        await using var fleet = await StartAsync();
        var other = fleet.Scale();
        await fleet.One.PutAsync(fleet.Connector, "sn-1", Change(Secret)).Ok();
        await other.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "1")).Ok();
        var before = await fleet.One.DumpAsync();

        await fleet.One.PutAsync(fleet.Connector, "sn-1", Change(Secret)).Ok();
        Assert.Equal(before, await fleet.One.DumpAsync());

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", Change(Other)).Ok();
        Assert.Equal("replaced", await other.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "2")).FailedAsync());
        Assert.Equal("wrong-password", await other.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "2")).FailedAsync());
        await other.WriteAsync(Instance.Basic("sn-1", Other), ("temp", "3")).Ok();
    }

    [Fact]
    public async Task A_lock_and_a_revoke_hold_on_warm_instances_at_once()
    {
        await using var fleet = await StartAsync();
        var other = fleet.Scale();
        await fleet.One.ActivateAsync("sn-1", Secret).Ok();
        await other.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "1")).Ok();

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok();
        Assert.Equal("locked", await other.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "2")).FailedAsync());
        Assert.Equal("locked", await fleet.One.ReadAsync(Instance.Basic("sn-1", Secret), "temp").FailedAsync());
        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = false }).Ok();
        await other.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "3")).Ok();
        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 0 }).Ok();
        Assert.Equal("revoked", await other.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "4")).FailedAsync());
        await fleet.One.ActivateAsync("sn-1", Other).Ok();
        await other.WriteAsync(Instance.Basic("sn-1", Other), ("temp", "5")).Ok();
    }

    [Fact]
    public async Task Cold_costs_two_and_warm_one_and_an_unknown_identity_costs_what_a_wrong_password_does()
    {
        await using var fleet = await StartAsync();
        await fleet.One.ActivateAsync("sn-1", Secret).Ok();
        var instance = fleet.Scale();

        Assert.Equal(2, await instance.CountAsync(() => instance.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "1"))));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "2"))));
        Assert.Equal(1, await instance.CountAsync(() => instance.ReadAsync(Instance.Basic("sn-1", Secret), "temp")));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(Instance.Basic("sn-1", Other), ("temp", "3"))));
        Assert.Equal(1, await instance.CountAsync(() => instance.WriteAsync(Instance.Basic("sn-2", Other), ("temp", "3"))));
        fleet.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(2, await instance.CountAsync(() => instance.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "4"))));
    }

    [Fact]
    public async Task A_lost_reply_is_no_second_activation()
    {
        await using var fleet = await StartAsync();
        var lost = 0;
        fleet.One.Probe.Interfere = (_, request) =>
            request.Uri.Path.Contains("batch", StringComparison.Ordinal) && Interlocked.Increment(ref lost) == 1 ? StorageFault.LostReply : StorageFault.None;

        await fleet.One.ActivateAsync("sn-1", Secret).Ok();

        Assert.True(lost > 1);
        await fleet.One.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "1")).Ok();
    }

    [Fact, Spec("f/5")]
    public async Task A_change_of_the_connectors_kind_leaves_devices_alone()
    {
        await using var fleet = await StartAsync();
        await fleet.One.ActivateAsync("sn-1", Secret).Ok();

        await fleet.PatchAsync("""{"provisioning":{"auth_type":"token"}}""");

        await fleet.One.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "1")).Ok();
        var token = await fleet.One.ActivateAsync("sn-2").Ok();
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"certificate"}}""");
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await fleet.One.WriteAsync(Instance.Basic("sn-1", Secret), ("temp", "2")).Ok();
    }

    private static IdentityChange Change(string password) => new() { AuthType = AuthType.Password, Key = password };

    private async Task<Fleet> StartAsync()
    {
        var fleet = await Fleet.StartAsync(azurite);
        await fleet.PatchAsync("""{"provisioning":{"auth_type":"password"}}""");
        return fleet;
    }
}
