using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>The list as operators ask for it, with what tags are to be and what is to come with the devices.</summary>
public sealed class IdentityListTests(AzuriteFixture azurite)
{
    [Theory]
    [Spec("c.1/6")]
    [Spec("c.1/7")]
    [InlineData("1234 1235", "tag=site")]
    [InlineData("1234", "tag=site=Taipei")]
    [InlineData("1234 1235", "tag=site=T*")]
    [InlineData("1234", "tag=%7B%22name%22:%22site%22,%22value%22:%22Taipei%22%7D")]
    [InlineData("1235", "tag=site&tag=floor=2")]
    [InlineData("1235", "q=tag:site%20tag:floor=2%20status:whitelisted%20locked:no%20online:no%2012*")]
    [InlineData("", "tag=site&locked=yes")]
    [InlineData("", "tag=nothing")]
    public async Task Tags_filter_list_and_count(string expected, string parameters)
    {
        await using var app = await StartAsync();

        foreach (var order in (string[])["lastseen", "identity"])
        {
            Assert.Equal(expected, string.Join(' ', Devices(await app.GetAsync($"/identity?{parameters}&order={order}")).Select(device => device.GetProperty("identity").GetString())));
        }

        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, (await app.GetAsync($"/identities/count?{parameters}")).GetProperty("count").GetInt64());
    }

    [Fact]
    [Spec("c.3/9")]
    public async Task Tags_and_chosen_values_come_with_the_devices_in_the_shape_of_one_identity()
    {
        await using var app = await StartAsync();
        var (_, whole) = await app.CallAsync("GET", "/identity/1234");

        var listed = Devices(await app.GetAsync("/identity?order=identity&tags=true&state=led,temp&limit=1"));

        Assert.Equal(whole, Assert.Single(listed).GetRawText());
        Assert.EndsWith("""
            "state":{"led":{"set":"1","timestamp":
            """, whole[..(whole.IndexOf("timestamp", StringComparison.Ordinal) + 11)], StringComparison.Ordinal);
        Assert.EndsWith("""
            "tags":{"site":["Taipei"]}}
            """, whole, StringComparison.Ordinal);
        Assert.False(Assert.Single(Devices(await app.GetAsync("/identity?limit=1&tags=false"))).TryGetProperty("tags", out _));
        Assert.Equal("{}", Devices(await app.GetAsync("/identity?order=identity&state=temp,none"))[0].GetProperty("state").GetRawText());
    }

    [Fact]
    public async Task A_condition_that_cannot_be_read_is_refused()
    {
        await using var app = await StartAsync();

        await app.RefusedAsync(400, "bad-parameter", "GET", "/identity?tag=site=");
        await app.RefusedAsync(400, "bad-parameter", "GET", "/identities/count?q=tag:*");
        await app.RefusedAsync(400, "bad-parameter", "GET", "/identity?tags=1");
    }

    private static JsonElement[] Devices(JsonElement page) => [.. page.GetProperty("devices").EnumerateArray()];

    private async Task<ManagementApp> StartAsync()
    {
        var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PATCH", "", """{"resources":{"led":{"format":"string","settable":true},"temp":{"format":"string"}}}""");
        foreach (var (identity, tags) in ((string, string)[])[("1234", """{"site":["Taipei"]}"""), ("1235", """{"site":["Tokyo"],"floor":["2"]}"""), ("1236", """{"floor":["2"]}""")])
        {
            await app.OkAsync("PUT", $"/identity/{identity}", "{}");
            await app.OkAsync("POST", $"/identity/{identity}/tag", $$"""{"tags":{{tags}}}""");
        }

        await app.OkAsync("PATCH", "/identity/1234/state", """{"led":"1"}""");
        return app;
    }
}
