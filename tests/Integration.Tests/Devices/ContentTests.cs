using System.Security.Cryptography;
using Azure.Core;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Devices;

/// <summary>Files on real storage: the old one stays until the new one is whole, and whoever is refused leaves nothing.</summary>
public sealed class ContentTests(AzuriteFixture azurite)
{
    private const int Small = 1000;
    private const int Large = (5 * 1024 * 1024) + 7;
    private const string Log = "device2/sn-1/log";

    private static readonly Failure Cut = new Failure.Rejected("cut", "", "Cut.");

    [Theory, Spec("a.6/8")]
    [InlineData(0)]
    [InlineData(Small)]
    [InlineData(2 * 1024 * 1024)]
    [InlineData(4 * 1024 * 1024)]
    [InlineData(Large)]
    public async Task What_goes_up_comes_down(int length)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();

        await fleet.One.UploadAsync(token, "log", new TestSource(7, length)).Ok();

        var bytes = await fleet.One.FetchAsync(token, Log).Ok();
        Assert.Equal(Enumerable.Repeat((byte)7, length), bytes);
        var item = await fleet.One.InfoAsync(token, Log).Ok();
        Assert.Equal((length, Convert.ToHexStringLower(SHA256.HashData(bytes)), fleet.Time.GetUnixMicros()), (item.Length, item.Facts.Sha256, item.Facts.Modified));
        Assert.Equal(Log, await fleet.One.ListAsync(token).Ok());
    }

    [Theory]
    [InlineData(Small, Large)]
    [InlineData(Large, Small)]
    [InlineData(Large, Large + 1)]
    public async Task A_second_upload_replaces_the_first(int first, int second)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, first)).Ok();

        await fleet.One.UploadAsync(token, "log", new TestSource(2, second)).Ok();

        await AssertFileAsync(fleet, token, 2, second);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task A_cut_upload_leaves_the_old_file(int length)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, Small)).Ok();

        Assert.Equal("cut", await fleet.One.UploadAsync(token, "log", new TestSource(2, length, Cut)).FailedAsync());
        Assert.Equal("cut", await fleet.One.UploadAsync(token, "new", new TestSource(2, length, Cut)).FailedAsync());

        await AssertFileAsync(fleet, token, 1, Small);
        Assert.Equal(Log, await fleet.One.ListAsync(token).Ok());
    }

    [Fact, Spec("a.11/2")]
    public async Task A_file_of_64_MiB_is_too_large_and_leaves_the_old_one()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, Small)).Ok();

        Assert.Equal("content-too-large", await fleet.One.UploadAsync(token, "log", new TestSource(2, 67_108_864)).FailedAsync());

        await AssertFileAsync(fleet, token, 1, Small);
    }

    [Fact]
    public async Task Of_uploads_at_once_one_is_there_whole_and_no_other_is_said_to_have_failed_for_good()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        for (var round = 0; round < 3; round++)
        {
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => fleet.One.UploadAsync(token, "log", new TestSource((byte)i, i % 2 == 0 ? Large + i : Small + i))));

            Assert.All(outcomes, outcome => Assert.True(outcome.TryGet(out _, out var failure) || failure is Failure.Busy, failure?.ToString()));
            Assert.Contains(outcomes, outcome => outcome.TryGet(out _, out _));
            var bytes = await fleet.One.FetchAsync(token, Log).Ok();
            var winner = bytes[0];
            Assert.Equal(winner % 2 == 0 ? Large + winner : Small + winner, bytes.Length);
            Assert.True(bytes.AsSpan().IndexOfAnyExcept(winner) < 0, "The file is a mixture.");
        }
    }

    [Fact]
    public async Task An_upload_that_another_one_overtook_is_to_be_sent_again()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        var other = fleet.Scale();
        var late = new TestSource(1, Large) { BeforeEnd = () => other.UploadAsync(token, "log", new TestSource(2, Large)).Ok() };

        var outcome = await fleet.One.UploadAsync(token, "log", late);

        // Storage that keeps the blocks of the late one all the same has it win.
        Assert.True(outcome.TryGet(out _, out var failure) || failure.Reason is "content-overtaken", failure?.ToString());
        await AssertFileAsync(fleet, token, (byte)(failure is null ? 1 : 2), Large);
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task A_device_that_is_locked_while_it_uploads_leaves_the_old_file(int length)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, Small)).Ok();
        var other = fleet.Scale();
        var source = new TestSource(2, length) { BeforeEnd = () => other.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true }).Ok() };

        Assert.Equal("locked", await fleet.One.UploadAsync(token, "log", source).FailedAsync());

        await other.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = false }).Ok();
        await AssertFileAsync(fleet, token, 1, Small);
    }

    [Theory]
    [InlineData(Small, true)]
    [InlineData(Large, true)]
    [InlineData(Large, false)]
    public async Task A_device_whose_fence_goes_right_after_the_commit_leaves_no_file(int length, bool delete)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "other", new TestSource(1, Small)).Ok();
        var other = fleet.Scale();
        var done = false;
        fleet.One.Probe.After = async (_, request) =>
        {
            if (!done && IsCommit(request, length))
            {
                done = true;
                await (delete ? other.DeleteAsync(fleet.Connector, "sn-1") : other.PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Locked = true })).Ok();
            }
        };

        Assert.Equal(delete ? "unknown-identity" : "locked", await fleet.One.UploadAsync(token, "log", new TestSource(2, length)).FailedAsync());

        Assert.True(done);
        Assert.Equal(delete ? [] : ["device2!sn-1!other!"], await fleet.BlobsAsync());
    }

    [Fact]
    public async Task A_token_that_was_revoked_uploads_nothing()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, Small)).Ok();
        await fleet.Scale().PatchAsync(fleet.Connector, "sn-1", new IdentityChange { Expire = 0 }).Ok();

        Assert.Equal("revoked", await fleet.One.UploadAsync(token, "new", new TestSource(1, Large)).FailedAsync());
        Assert.Equal("unknown-token", await fleet.One.UploadAsync(token, "new", new TestSource(1, Large)).FailedAsync());
        Assert.Equal(["device2!sn-1!log!"], await fleet.BlobsAsync());
    }

    [Fact, Spec("a.6/5")]
    public async Task No_device_sees_another_s_files_whatever_their_identities()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        string[] identities = ["a", "a/b", "a:b", "a!b", "a*2Fb", "ab", "A", "a.", "ü"];
        var tokens = new List<DeviceToken>();
        foreach (var identity in identities)
        {
            tokens.Add(await fleet.One.ActivateAsync(identity).Ok());
            await fleet.One.UploadAsync(tokens[^1], "b/c", new TestSource((byte)tokens.Count, tokens.Count)).Ok();
        }

        var own = new List<string>();
        foreach (var token in tokens)
        {
            own.Add(await fleet.One.ListAsync(token).Ok());
        }

        Assert.Equal(identities.Length, own.Distinct(StringComparer.Ordinal).Count());
        for (var i = 0; i < tokens.Count; i++)
        {
            for (var j = 0; j < own.Count; j++)
            {
                if (i == j)
                {
                    Assert.Equal(i + 1, (await fleet.One.FetchAsync(tokens[i], own[j]).Ok()).Length);
                    continue;
                }

                Assert.Equal("unknown-content", await fleet.One.FetchAsync(tokens[i], own[j]).FailedAsync());
                Assert.Equal("unknown-content", await fleet.One.InfoAsync(tokens[i], own[j]).FailedAsync());
            }
        }
    }

    [Theory]
    [InlineData(StorageFault.Refused)]
    [InlineData(StorageFault.Busy)]
    public async Task Storage_that_fails_at_any_step_of_an_upload_leaves_the_old_file_or_the_whole_new_one(StorageFault fault)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, Small)).Ok();
        for (var step = 0; ; step++)
        {
            var last = step;
            fleet.One.Probe.Reset();
            fleet.One.Probe.Interfere = (number, _) => number > last ? fault : StorageFault.None;
            var stopped = false;
            try
            {
                await fleet.One.UploadAsync(token, "log", new TestSource(2, Large)).Ok();
            }
            catch (StorageUnavailableException)
            {
                stopped = true;
            }

            fleet.One.Probe.Reset();
            if (!stopped)
            {
                Assert.InRange(step, 5, 20);
                await AssertFileAsync(fleet, token, 2, Large);
                return;
            }

            var bytes = await fleet.One.FetchAsync(token, Log).Ok();
            Assert.Equal(bytes[0] == 1 ? Small : Large, bytes.Length);
        }
    }

    [Theory]
    [InlineData(Small)]
    [InlineData(Large)]
    public async Task Every_reply_of_storage_may_be_lost_once(int length)
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        for (var lost = 1; ; lost++)
        {
            var one = lost;
            fleet.One.Probe.Reset();
            fleet.One.Probe.Interfere = (number, _) => number == one ? StorageFault.LostReply : StorageFault.None;
            await fleet.One.UploadAsync(token, "log", new TestSource((byte)lost, length)).Ok();
            var requests = fleet.One.Probe.Requests.Count;
            fleet.One.Probe.Reset();
            await AssertFileAsync(fleet, token, (byte)lost, length);
            if (requests < one)
            {
                return;
            }
        }
    }

    [Fact]
    public async Task A_file_that_changes_between_two_requests_is_fetched_in_one_version()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, Small)).Ok();
        var other = fleet.Scale();
        var changes = 0;
        fleet.One.Probe.After = async (_, request) =>
        {
            if (request.Method == RequestMethod.Head && changes < 3)
            {
                changes++;
                await other.UploadAsync(token, "log", new TestSource((byte)(1 + changes), Small + changes)).Ok();
            }
        };

        var bytes = await fleet.One.FetchAsync(token, Log, "bytes=-5000").Ok();

        Assert.Equal((3, Small + 3), (changes, bytes.Length));
        Assert.True(bytes.AsSpan().IndexOfAnyExcept((byte)4) < 0);
    }

    [Fact]
    public async Task Each_request_costs_what_the_storage_model_says()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await fleet.One.UploadAsync(token, "log", new TestSource(1, Small)).Ok();
        var tag = (await fleet.One.InfoAsync(token, Log).Ok()).EntityTag;

        Assert.Equal(2, await fleet.One.CountAsync(() => fleet.One.ListAsync(token).Ok()));
        Assert.Equal(1, await fleet.One.CountAsync(() => fleet.One.InfoAsync(token, Log).Ok()));
        Assert.Equal(1, await fleet.One.CountAsync(() => fleet.One.FetchAsync(token, Log).Ok()));
        Assert.Equal(1, await fleet.One.CountAsync(() => fleet.One.FetchAsync(token, Log, "bytes=1-2").Ok()));
        Assert.Equal(2, await fleet.One.CountAsync(() => fleet.One.FetchAsync(token, Log, "bytes=-2").Ok()));
        Assert.Equal(2, await fleet.One.CountAsync(() => fleet.One.FetchAsync(token, Log, "bytes=5000-").FailedAsync()));
        Assert.Equal(1, await fleet.One.CountAsync(() => fleet.One.FetchAsync(token, Log, null, tag).FailedAsync()));
        Assert.Equal(2, await fleet.One.CountAsync(() => fleet.One.FetchAsync(token, Log, null, "other").Ok()));
        Assert.Equal(0, await fleet.One.CountAsync(() => fleet.One.FetchAsync(token, "device2/sn-2/log").FailedAsync()));
        Assert.Equal(3, await fleet.One.CountAsync(() => fleet.One.UploadAsync(token, "log", new TestSource(1, Small)).Ok()));
        Assert.Equal(9, await fleet.One.CountAsync(() => fleet.One.UploadAsync(token, "log", new TestSource(1, Large)).Ok()));
        var cold = fleet.Scale();
        Assert.Equal(3, await cold.CountAsync(() => cold.FetchAsync(token, Log).Ok()));
        cold = fleet.Scale();
        Assert.Equal(5, await cold.CountAsync(() => cold.UploadAsync(token, "log", new TestSource(1, Small)).Ok()));
    }

    private static bool IsCommit(Request request, int length) => request.Method == RequestMethod.Put
        && request.Uri.ToString().Contains("-content-", StringComparison.Ordinal)
        && request.Uri.Query.Contains("blocklist", StringComparison.Ordinal) == (length == Large)
        && !request.Uri.Query.Contains("comp=block&", StringComparison.Ordinal);

    private static async Task AssertFileAsync(Fleet fleet, DeviceToken token, byte fill, int length)
    {
        var bytes = await fleet.Scale().FetchAsync(token, Log).Ok();
        Assert.Equal(length, bytes.Length);
        Assert.True(bytes.AsSpan().IndexOfAnyExcept(fill) < 0, "The file is not what was uploaded.");
    }
}
