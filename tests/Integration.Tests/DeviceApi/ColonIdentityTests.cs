using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>A MAC address with colons is an identity, and a colon also joins identity and password.</summary>
public sealed class ColonIdentityTests(AzuriteFixture azurite)
{
    private const string Mac = "00:14:22:01:23:45";
    private const string Password = "twenty:characters:at:least";

    [Fact, Spec("a.3/4"), Spec("f/9")]
    public async Task A_device_whose_identity_and_password_hold_colons_logs_on()
    {
        await using var app = await TestApp.StartAsync(azurite);
        using var person = SimulatedOperator.Of(app.Run);
        await person.PatchSettingsAsync("""{"provisioning":{"auth_type":"password"},"identity_format":{"type":"mac:48"}}""");

        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(app, "/provision/activate", $"id={Mac}&password={Password}", null));
        Assert.Equal(HttpStatusCode.NoContent, await PostAsync(app, "/onep:v1/stack/alias", "temperature=1", $"{Mac}:{Password}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(app, "/onep:v1/stack/alias", "temperature=1", $"{Mac}:{Password}:"));
        Assert.Equal(HttpStatusCode.Unauthorized, await PostAsync(app, "/onep:v1/stack/alias", "temperature=1", $"00:14:22:01:23:{Password}"));
    }

    private static async Task<HttpStatusCode> PostAsync(TestApp app, string path, string form, string? basic)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
        request.Content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        request.Headers.Authorization = basic is null ? null : new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(basic)));
        using var reply = await app.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return reply.StatusCode;
    }
}
