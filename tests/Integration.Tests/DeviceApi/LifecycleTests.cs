using System.Net;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>What a device is told at each turn of its life, as an operator brings it about.</summary>
public sealed class LifecycleTests(AppFixture fixture) : IClassFixture<AppFixture>
{
    private TestApp App => fixture.App;

    [Fact]
    [Spec("a.3/9")]
    [Spec("a.5/17")]
    public async Task A_locked_device_is_refused_until_it_is_unlocked()
    {
        using var person = SimulatedOperator.Of(App.Run);
        var device = await SimulatedDevice.ActivateAsync(App);

        await person.LockAsync(device.Identity);

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfWriteAsync(device));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfActivationAsync(device.Identity));
        await person.LockAsync(device.Identity, locked: false);
        Assert.Equal(HttpStatusCode.NoContent, await StatusOfWriteAsync(device));
    }

    [Fact]
    [Spec("a.5/15")]
    public async Task A_revoked_device_activates_again_and_gets_another_token()
    {
        using var person = SimulatedOperator.Of(App.Run);
        var device = await SimulatedDevice.ActivateAsync(App);

        await person.RevokeAsync(device.Identity);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfWriteAsync(device));
        var again = await SimulatedDevice.ActivateAsync(App, device.Identity);

        Assert.NotEqual(device.Token, again.Token, StringComparer.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, await StatusOfWriteAsync(again));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfWriteAsync(device));
    }

    [Fact]
    [Spec("a.5/16")]
    public async Task Reprovision_lets_a_device_activate_once_more()
    {
        using var person = SimulatedOperator.Of(App.Run);
        var device = await SimulatedDevice.ActivateAsync(App);

        await SendAsync(person, HttpMethod.Patch, $"identity/{device.Identity}", """{"reprovision":true}""");

        Assert.Equal(HttpStatusCode.OK, await StatusOfActivationAsync(device.Identity));
        Assert.Equal(HttpStatusCode.Conflict, await StatusOfActivationAsync(device.Identity));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusOfWriteAsync(device));
    }

    [Fact]
    [Spec("a.5/11")]
    [Spec("a.5/12")]
    [Spec("a.5/13")]
    [Spec("a.5/7")]
    [Spec("a.5/20")]
    public async Task Only_whitelisted_identities_activate_in_their_window_when_the_connector_says_so()
    {
        using var person = SimulatedOperator.Of(App.Run);
        await SendAsync(person, HttpMethod.Patch, "", """{"provisioning":{"presenter_identity":false}}""");
        var (open, late) = (Names.Identity(), Names.Identity());
        var hour = TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds() * 1000;
        await SendAsync(person, HttpMethod.Put, $"identity/{open}", FormattableString.Invariant($$$"""{"auth":{"expire":{{{hour}}}},"locked":false}"""));
        await SendAsync(person, HttpMethod.Put, $"identity/{late}", """{"auth":{"expire":1000000},"locked":false}""");

        Assert.Equal(HttpStatusCode.NotFound, await StatusOfActivationAsync(Names.Identity()));
        Assert.Equal(HttpStatusCode.Conflict, await StatusOfActivationAsync(late));
        await SendAsync(person, HttpMethod.Patch, "", """{"provisioning":{"enabled":false}}""");
        Assert.Equal(HttpStatusCode.NotFound, await StatusOfActivationAsync(open));
        await SendAsync(person, HttpMethod.Patch, "", """{"provisioning":{"enabled":true}}""");
        Assert.Equal(HttpStatusCode.OK, await StatusOfActivationAsync(open));
        await SendAsync(person, HttpMethod.Patch, "", """{"provisioning":{"presenter_identity":true}}""");
    }

    private static async Task SendAsync(SimulatedOperator person, HttpMethod method, string path, string json)
    {
        using var reply = await person.SendAsync(method, path, json);
        Assert.True(reply.IsSuccessStatusCode, reply.ToString());
    }

    private static async Task<HttpStatusCode> StatusOfWriteAsync(SimulatedDevice device)
    {
        using var reply = await device.PostAsync("temperature=1");
        return reply.StatusCode;
    }

    private async Task<HttpStatusCode> StatusOfActivationAsync(string identity) => (await SimulatedDevice.PostActivationAsync(App.Client, App.Run.Connector!, identity)).Status;
}
