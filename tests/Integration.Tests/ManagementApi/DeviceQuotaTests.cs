using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>How many devices a connector may have, whoever makes them.</summary>
public sealed class DeviceQuotaTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task Beyond_the_limit_nobody_makes_a_device_and_known_ones_are_not_concerned()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Time = time, Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Connectors:MaxDevices"] = "3" } });
        await app.OkAsync("PUT", "/identity/a", "{}");
        await app.OkAsync("PUT", "/identity/b", "{}");
        using (var usage = await app.SendAsync("GET", $"/api:1/solution/{app.Connector}/usage", null, $"token {app.Secret}"))
        {
            Assert.Contains("""
                "quota":{"identity_total":3},"usage":{"identity_total":2,
                """, await usage.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }

        // An import has room for one of two, in the order of its rows.
        var (status, job) = await app.CallAsync("POST", "/jobs", """{"kind":"import","rows":[{"identity":"z"},{"identity":"c"},{"identity":"a"}]}""");
        Assert.Equal(HttpStatusCode.OK, status);
        var results = (await app.GetAsync($"/jobs/{JsonDocument.Parse(job).RootElement.GetProperty("id").GetString()}/results")).GetProperty("results").EnumerateArray();
        Assert.Equal(["z changed ", "c failed device-limit", "a unchanged "], results.Select(result => $"{result.GetProperty("identity")} {result.GetProperty("result")} {(result.TryGetProperty("reason", out var reason) ? reason : "")}"), StringComparer.Ordinal);

        await app.RefusedAsync(409, "device-limit", "PUT", "/identity/d", "{}");
        await app.OkAsync("PUT", "/identity/z", """{"locked":true}""");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ActivateAsync(app, "e")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ActivateAsync(app, "a")).Status);

        // Room is seen once it is counted again.
        await app.OkAsync("DELETE", "/identity/b", null, HttpStatusCode.ResetContent);
        time.Advance(TimeSpan.FromSeconds(5));
        await app.OkAsync("PUT", "/identity/d", "{}");
        await app.RefusedAsync(409, "device-limit", "PUT", "/identity/e", "{}");
    }

    private static Task<(HttpStatusCode Status, string Body)> ActivateAsync(ManagementApp app, string identity) =>
        SimulatedDevice.PostActivationAsync(app.App.Client, SimulatedDevice.HostOf(app.App), identity);
}
