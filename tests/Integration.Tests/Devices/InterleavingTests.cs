using Azure.Core;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Devices;

/// <summary>Two requests, one placed between two storage requests of the other.</summary>
public sealed class InterleavingTests(AzuriteFixture azurite)
{
    private static readonly string Key = new('a', DeviceToken.Length);

    private static readonly IdentityChange WithKey = new() { AuthType = AuthType.Token, Key = Key };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DeviceToken Presented => DeviceToken.TryParse(Key, out var token) ? token : throw new InvalidOperationException("The key is no token.");

    [Fact]
    public async Task Two_devices_that_are_given_one_token_at_once_do_not_both_get_it()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        Outcome<Done>? second = null;
        Once(fleet.One, IsTransaction, async () => second = await other.PutAsync(fleet.Connector, "sn-2", WithKey));

        var first = await fleet.One.PutAsync(fleet.Connector, "sn-1", WithKey);

        fleet.One.Probe.Reset();
        Assert.NotNull(second);
        var owner = Assert.Single(((string Identity, Outcome<Done> Outcome)[])[("sn-1", first), ("sn-2", second)], put => put.Outcome.TryGet(out _, out _)).Identity;
        await fleet.Scale().WriteAsync(Presented, ("temp", "1")).Ok();
        var written = Assert.Single(await fleet.RowsAsync("devices"), row => row.RowKey.StartsWith("state!", StringComparison.Ordinal));
        Assert.EndsWith(owner, written.PartitionKey, StringComparison.Ordinal);
        Assert.Empty(await fleet.RowsAsync("todo"));
    }

    [Fact]
    public async Task A_token_set_again_while_its_revoke_is_cleaning_up_works()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        await fleet.One.PutAsync(fleet.Connector, "sn-1", WithKey).Ok();
        fleet.One.Probe.Reset();
        Once(fleet.One, (request, path) => request.Method == RequestMethod.Get && path.Contains("credentials", StringComparison.Ordinal), () =>
            other.PutAsync(fleet.Connector, "sn-1", WithKey).Ok());

        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 0 }).Ok();

        fleet.One.Probe.Reset();
        await other.WriteAsync(Presented, ("temp", "1")).Ok();
        await fleet.Scale().WriteAsync(Presented, ("temp", "2")).Ok();
        await fleet.SweepAsync();
        await fleet.Scale().WriteAsync(Presented, ("temp", "3")).Ok();
    }

    [Fact]
    public async Task One_token_set_twice_at_once_on_one_device_works_and_is_no_work_for_the_sweeper()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        Once(fleet.One, IsTransaction, () => other.PutAsync(fleet.Connector, "sn-1", WithKey).Ok());

        await fleet.One.PutAsync(fleet.Connector, "sn-1", WithKey).Ok();

        fleet.One.Probe.Reset();
        await fleet.Scale().WriteAsync(Presented, ("temp", "1")).Ok();
        Assert.Empty(await fleet.RowsAsync("todo"));
        Assert.Single(await fleet.RowsAsync("credentials"));
    }

    [Theory]
    [InlineData("revoke")]
    [InlineData("delete")]
    public async Task A_token_that_an_activation_hands_out_works_whatever_came_between_it_and_its_lost_reply(string between)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        LoseReplyOfTransaction(fleet.One, () => between is "revoke"
            ? other.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 0 }).Ok()
            : other.DeleteAsync(fleet.Connector, "sn-1").Ok());

        var token = await fleet.One.ActivateAsync("sn-1").Ok();

        fleet.One.Probe.Reset();
        await other.WriteAsync(token, ("temp", "1")).Ok();
        await fleet.SweepAsync();
        await fleet.Scale().WriteAsync(token, ("temp", "2")).Ok();
        Assert.Single(await fleet.RowsAsync("credentials"));
    }

    [Fact]
    public async Task An_activation_that_is_stored_hands_out_its_token_though_storage_fails_then()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var committed = false;
        fleet.One.Probe.After = (_, request) =>
        {
            committed |= IsTransaction(request, PathOf(request));
            return Task.CompletedTask;
        };
        fleet.One.Probe.Interfere = (_, _) => committed ? StorageFault.Refused : StorageFault.None;

        var token = await fleet.One.ActivateAsync("sn-1").Ok();

        fleet.One.Probe.Reset();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await fleet.SweepAsync();
        Assert.Single(await fleet.RowsAsync("directory"));
    }

    [Fact]
    public async Task An_activation_that_is_stored_hands_out_its_token_though_its_time_is_up_then()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Once(fleet.One, (_, path) => path.Contains("directory", StringComparison.Ordinal), deadline.CancelAsync);

        var token = await fleet.One.ActivateAsync("sn-1", deadline.Token).Ok();

        fleet.One.Probe.Reset();
        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        await fleet.SweepAsync();
        Assert.Single(await fleet.RowsAsync("directory"));
    }

    [Theory]
    [InlineData("revoke", 1)]
    [InlineData("reprovision", 1)]
    [InlineData("revoke", 3)]
    [InlineData("lock", 3)]
    [InlineData("delete", 3)]
    public async Task The_instance_that_ended_a_credential_forgets_it_though_the_reply_of_storage_was_lost(string change, int lost)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        if (change is "reprovision")
        {
            await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Reprovision = true }).Ok();
        }

        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();
        fleet.One.Probe.Reset();
        var losses = 0;
        fleet.One.Probe.Interfere = (_, request) => IsTransaction(request, PathOf(request)) && losses++ < lost ? StorageFault.LostReply : StorageFault.None;
        try
        {
            _ = change switch
            {
                "revoke" => await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 0 }),
                "lock" => await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }),
                "delete" => await fleet.One.DeleteAsync(fleet.Connector, "sn-1"),
                _ => await fleet.One.ActivateAsync("sn-1") is { } activated ? Done.Instance : throw new InvalidOperationException(),
            };
        }
        catch (StorageUnavailableException)
        {
            Assert.Equal(3, lost); // All tries of the SDK's.
        }

        fleet.One.Probe.Reset();
        Assert.IsType<Failure.Unauthorized>((await fleet.One.ReadAsync(token, "temp")).Failed());
    }

    [Fact]
    public async Task A_write_whose_reply_comes_after_a_lock_does_not_make_the_credential_believed_again()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var done = false;
        fleet.One.Probe.After = async (_, request) =>
        {
            if (!done && IsTransaction(request, PathOf(request)))
            {
                done = true;
                await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok();
            }
        };

        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();

        fleet.One.Probe.Reset();
        Assert.True(done);
        Assert.Equal("locked", await fleet.One.ReadAsync(token, "temp").FailedAsync());
    }

    /// <param name="seconds">How long ago the other instance saw the old device's fence: within the credential cache's time, and after it.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(6)]
    public async Task A_token_that_moved_to_another_device_is_not_refused_where_the_old_device_is_remembered(int seconds)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var other = fleet.Scale();
        await fleet.One.PutAsync(fleet.Connector, "sn-1", WithKey).Ok();
        await other.WriteAsync(Presented, ("temp", "1")).Ok();
        await fleet.One.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 0 }).Ok();
        await fleet.One.PutAsync(fleet.Connector, "sn-2", WithKey).Ok();
        fleet.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.IsType<Failure.Busy>((await other.WriteAsync(Presented, ("temp", "2"))).Failed());

        await other.WriteAsync(Presented, ("temp", "2")).Ok();
        Assert.Equal("temp=2", await other.ReadAsync(Presented, "temp").Ok());
    }

    [Fact]
    public async Task Time_that_is_up_while_storage_fails_is_no_surprise()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        fleet.One.Probe.Reset();
        fleet.One.Probe.Interfere = (number, _) =>
        {
            if (number == 3)
            {
                deadline.Cancel();
            }

            return StorageFault.Refused;
        };

        await Assert.ThrowsAsync<StorageUnavailableException>(() => fleet.One.Get<TableDeviceStore>().FindAsync(new DeviceKey(fleet.Connector, Instance.Id("sn-1")), deadline.Token));
    }

    private static string PathOf(Request request) => Uri.UnescapeDataString(request.Uri.PathAndQuery);

    private static bool IsTransaction(Request request, string path) => request.Method == RequestMethod.Post && path.Contains("$batch", StringComparison.Ordinal);

    // Holds the first such request up until the action has ended.
    private static void Once(Instance instance, Func<Request, string, bool> when, Func<Task> action)
    {
        var done = false;
        instance.Probe.Before = async (_, request) =>
        {
            if (!done && when(request, PathOf(request)))
            {
                done = true;
                await action();
            }
        };
    }

    // The transaction is stored, its reply is lost, and the action ends before the SDK asks again.
    private static void LoseReplyOfTransaction(Instance instance, Func<Task> action)
    {
        var transactions = 0;
        instance.Probe.Interfere = (_, request) => IsTransaction(request, PathOf(request)) && ++transactions == 1 ? StorageFault.LostReply : StorageFault.None;
        var acted = false;
        instance.Probe.Before = async (_, request) =>
        {
            if (transactions == 1 && !acted)
            {
                acted = true;
                await action();
            }
        };
    }
}
