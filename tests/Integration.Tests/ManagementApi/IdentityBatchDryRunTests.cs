using System.Net;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>A batch of identities that only tells what it would change.</summary>
public sealed class IdentityBatchDryRunTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task It_tells_what_would_change_and_changes_nothing()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var (same, other) = (new string('a', 40), new string('b', 40));
        await app.OkAsync("PUT", "/identity/1", $$$"""{"auth":{"type":"token","key":"{{{same}}}"}}""");
        await app.OkAsync("PATCH", "", """{"identity_format":{"type":"base10"}}""");
        var before = (await app.CallAsync("GET", "/identity/?order=identity")).Body;

        Assert.Equal("""[{"identity":"1","status":204,"changed":false},{"identity":"2","status":204,"changed":true}]""", await TryAsync(app, $$$"""[{"identity":"1","auth":{"type":"token","key":"{{{same}}}"}},{"identity":"2"}]"""));
        Assert.Equal("""[{"identity":"1","status":204,"changed":true}]""", await TryAsync(app, $$$"""[{"identity":"1","auth":{"type":"token","key":"{{{other}}}"}}]"""));
        Assert.Equal("""[{"identity":"1","status":204,"changed":true}]""", await TryAsync(app, """[{"identity":"1","locked":true}]"""));
        Assert.Contains("\"status\":400,\"reason\":\"identity-format\"", await TryAsync(app, """[{"identity":"x"}]"""), StringComparison.Ordinal);
        Assert.Contains("\"reason\":\"identity-twice\"", await TryAsync(app, """[{"identity":"1"},{"identity":"1","locked":true}]"""), StringComparison.Ordinal);
        Assert.Equal("[]", await TryAsync(app, "[]"));
        Assert.Equal(before, (await app.CallAsync("GET", "/identity/?order=identity")).Body);
        await app.RefusedAsync(400, "bad-parameter", "PUT", "/identities?dryRun=yes", "[]");
        Assert.Equal("""[{"identity":"2","status":204}]""", (await app.CallAsync("PUT", "/identities?dryRun=false", """[{"identity":"2"}]""")).Body);
    }

    private static async Task<string> TryAsync(ManagementApp app, string rows)
    {
        var (status, body) = await app.CallAsync("PUT", "/identities?dryRun=true", rows);
        Assert.Equal(HttpStatusCode.OK, status);
        return body;
    }
}
