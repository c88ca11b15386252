using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Devices;

public sealed class ActivationTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Of_twenty_at_once_on_two_instances_one_gets_a_token_and_nothing_is_left_of_the_others()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => (i % 2 == 0 ? fleet.One : other).ActivateAsync("sn-1"))));

        var winners = outcomes.Where(outcome => outcome.TryGet(out _, out _)).ToList();
        var winner = Assert.Single(winners).Ok();
        Assert.All(outcomes.Except(winners), outcome => Assert.IsType<Failure.Conflict>(outcome.Failed()));
        await fleet.One.WriteAsync(winner, ("temp", "1")).Ok();
        Assert.Single(await fleet.RowsAsync("credentials"));
        Assert.Empty(await fleet.RowsAsync("todo"));
    }

    [Fact, Spec("a.5/token"), Spec("f/1")]
    public async Task Tokens_are_forty_lower_case_hex_digits_and_are_stored_as_their_hash_only()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        List<string> tokens = [];
        for (var i = 0; i < 20; i++)
        {
            tokens.Add((await fleet.One.ActivateAsync($"sn-{i}").Ok()).Reveal());
        }

        Assert.All(tokens, token => Assert.Matches("^[0-9a-f]{40}$", token));
        Assert.Equal(20, tokens.Distinct(StringComparer.Ordinal).Count());
        var stored = string.Join('\n', await fleet.One.DumpAsync());
        Assert.All(tokens, token => Assert.DoesNotContain(token, stored, StringComparison.OrdinalIgnoreCase));
        Assert.All(tokens, token => Assert.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(token))), stored, StringComparison.Ordinal));
    }

    [Fact, Spec("a.5/14")]
    public async Task A_second_one_is_refused_and_the_token_stays()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var before = await fleet.One.DumpAsync();

        Assert.Equal("already-provisioned", await fleet.One.ActivateAsync("sn-1").FailedAsync());

        Assert.Equal(before, await fleet.One.DumpAsync());
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
    }

    [Fact, Spec("a.5/15"), Spec("b.4/8")]
    public async Task After_a_revoke_there_is_a_new_token_and_the_old_one_is_dead()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var old = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.WriteAsync(old, ("temp", "1")).Ok();

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 0 }).Ok();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();

        Assert.Equal("unknown-token", await fleet.One.WriteAsync(old, ("temp", "2")).FailedAsync());
        await fleet.One.WriteAsync(token, ("temp", "3")).Ok();
        Assert.Equal(token.Hash, Assert.Single(await fleet.RowsAsync("credentials")).PartitionKey);
    }

    [Fact, Spec("a.5/16")]
    public async Task With_reprovision_it_works_once_more_and_the_old_token_is_dead_on_every_instance()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        var old = await fleet.One.ActivateAsync("sn-1").Ok();
        await other.WriteAsync(old, ("temp", "1")).Ok();

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Reprovision = true }).Ok();
        var token = await fleet.One.ActivateAsync("sn-1").Ok();

        Assert.Equal("replaced", await other.WriteAsync(old, ("temp", "2")).FailedAsync());
        await other.WriteAsync(token, ("temp", "3")).Ok();
        Assert.Equal("already-provisioned", await other.ActivateAsync("sn-1").FailedAsync());
        Assert.Single(await fleet.RowsAsync("credentials"));
    }

    /// <summary>Each storage request of an activation loses its reply once, or fails for good from there on; then the sweeper runs.</summary>
    [Theory]
    [InlineData(StorageFault.LostReply, false)]
    [InlineData(StorageFault.Refused, true)]
    [InlineData(StorageFault.LostReply, true)]
    public async Task Broken_at_any_request_it_leaves_no_stray_token(StorageFault fault, bool forGood)
    {
        var broken = 0;
        for (var at = 1; ; at++)
        {
            await using var fleet = await Fleet.StartAsync(azurite);
            fleet.One.Probe.Reset();
            fleet.One.Probe.Interfere = (number, _) => number == at || (forGood && number > at) ? fault : StorageFault.None;
            Outcome<Shared.Access.DeviceToken>? outcome = null;
            try
            {
                outcome = await fleet.One.ActivateAsync("sn-1");
            }
            catch (StorageUnavailableException)
            {
                broken++;
            }

            var reached = fleet.One.Probe.Requests.Count >= at;
            fleet.One.Probe.Reset();
            await fleet.SweepAsync();

            var credentials = await fleet.RowsAsync("credentials");
            Assert.Empty(await fleet.RowsAsync("todo"));
            Assert.True(credentials.Count <= 1);
            var device = await fleet.One.GetAsync(fleet.Connector, "sn-1");
            Assert.Equal(device.TryGet(out _, out _), (await fleet.RowsAsync("directory")).Count == 1);
            if (outcome is not null)
            {
                await fleet.One.WriteAsync(outcome.Ok(), ("temp", "1")).Ok();
            }
            else if (credentials.Count == 0)
            {
                await fleet.One.ActivateAsync("sn-1").Ok();
            }

            if (!reached)
            {
                break;
            }
        }

        Assert.Equal(forGood, broken > 0);
    }
}
