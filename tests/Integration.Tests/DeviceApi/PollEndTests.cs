using System.Net;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>How a poll ends, and that its place is free then. The clock stands still but where a row of the table says so: what ends at once was woken.</summary>
public sealed class PollEndTests(AzuriteFixture azurite)
{
    private const string OtherToken = "0123456789ABCDEFabcdef0123456789ABCDEFab";

    [Theory]
    [InlineData("equal aliases", 304)]
    [InlineData("deadline, after other aliases", 304)]
    [InlineData("device gone", 0)]
    [InlineData("locked", 401)]
    [InlineData("revoked", 401)]
    [InlineData("deleted", 401)]
    [InlineData("another token", 401)]
    [InlineData("a password", 401)]
    [InlineData("activated again", 401)]
    [InlineData("another format", 401)]
    [InlineData("host stopping", 304)]
    [Spec("a.3/9"), Spec("a.8/6"), Spec("a.8/11")]
    public async Task Each_end_is_the_specified_one_and_frees_the_place(string how, int status)
    {
        await using var polling = await PollingApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(polling.App);
        await using var poll = await polling.BeginAsync(device, "led&mode");

        await EndAsync(polling, device, poll, how);

        if (status != 0)
        {
            Assert.Equal(status, (await poll.EndAsync()).Status);
        }

        await Eventually.TrueAsync(() => polling.Polls.Count == 0, "The place is free.");
    }

    [Theory]
    [InlineData("the same token")]
    [InlineData("unlocked")]
    [InlineData("a format that lets it in")]
    public async Task What_leaves_the_device_its_access_leaves_its_polls(string how)
    {
        await using var polling = await PollingApp.StartAsync(azurite);
        var device = await SimulatedDevice.ActivateAsync(polling.App);
        await using var poll = await polling.BeginAsync(device, "led");

        await (how switch
        {
            "the same token" => PutAsync(polling, device, $$$"""{"auth":{"type":"token","key":"{{{device.Token}}}"}}"""),
            "unlocked" => polling.Person.LockAsync(device.Identity, locked: false),
            _ => polling.Person.PatchSettingsAsync($$$"""{"identity_format":{"length":{{{device.Identity.Length}}}}}"""),
        });
        polling.Time.Advance(TimeSpan.FromSeconds(25));
        await polling.HeldAsync(1);

        await polling.Person.SetAsync(device.Identity, """{"led":"on"}""");
        Assert.Equal("led=on", (await poll.EndAsync()).Text);
    }

    private static async Task EndAsync(PollingApp polling, SimulatedDevice device, HeldPoll poll, string how)
    {
        switch (how)
        {
            case "equal aliases":
                await using (var newer = await polling.BeginAsync(device, "mode&led", held: 1))
                {
                }

                break;
            case "deadline, after other aliases":
                await using (var other = await polling.BeginAsync(device, "led"))
                {
                    polling.Time.Advance(TimeSpan.FromSeconds(119));
                    await polling.HeldAsync(2);
                    polling.Time.Advance(TimeSpan.FromSeconds(1));
                    Assert.Equal(304, (await other.EndAsync()).Status);
                }

                break;
            case "device gone":
                poll.Leave();
                break;
            case "locked":
                await polling.Person.LockAsync(device.Identity);
                break;
            case "revoked":
                await polling.Person.RevokeAsync(device.Identity);
                break;
            case "deleted":
                await polling.Person.DeleteAsync(device.Identity);
                break;
            case "another token":
                await PutAsync(polling, device, $$$"""{"auth":{"type":"token","key":"{{{OtherToken}}}"}}""");
                break;
            case "a password":
                await PutAsync(polling, device, """{"auth":{"type":"password","key":"correct horse battery staple"}}""");
                break;
            case "activated again":
                await PutAsync(polling, device, """{"reprovision":true}""");
                await polling.HeldAsync(1);
                await SimulatedDevice.ActivateAsync(polling.App, device.Identity);
                break;
            case "another format":
                // No wake for a whole connector: the next look finds it.
                await polling.Person.PatchSettingsAsync("""{"identity_format":{"prefix":"no device has this"}}""");
                polling.Time.Advance(TimeSpan.FromSeconds(25));
                break;
            default:
                // The stop waits for the poll, whose reply is still to be read.
                _ = polling.App.StopAsync();
                break;
        }
    }

    private static async Task PutAsync(PollingApp polling, SimulatedDevice device, string json)
    {
        using var reply = await polling.Person.SendAsync(HttpMethod.Put, $"identity/{Uri.EscapeDataString(device.Identity)}", json);
        Assert.Equal(HttpStatusCode.NoContent, reply.StatusCode);
    }
}
