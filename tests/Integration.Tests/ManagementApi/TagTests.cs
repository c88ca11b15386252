using System.Net;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.ManagementApi;

public sealed class TagTests(AzuriteFixture azurite)
{
    [Fact]
    [Spec("c.1/11")]
    [Spec("c.1/12")]
    [Spec("c.1/13")]
    [Spec("c.2/1")]
    [Spec("c.2/2")]
    [Spec("c.3/9")]
    public async Task Tags_are_added_replaced_shown_and_removed()
    {
        await using var app = await StartAsync();

        await app.OkAsync("POST", "/identity/1234/tag", """{"tags":[{"name":"claim_code","value":"x"},{"name":"users","value":"ann"}]}""");
        await app.OkAsync("POST", "/identity/1234/tag/", """{"tags":{"users":["bob","ann"],"expires":1500000000}}""");
        await ShowsAsync(app, """{"claim_code":["x"],"expires":["1500000000"],"users":["ann","bob"]}""");
        await app.OkAsync("POST", "/identity/1234/tag", """{"tags":[{"name":"users","value":"cid"}],"replace":true}""");
        await ShowsAsync(app, """{"claim_code":["x"],"expires":["1500000000"],"users":["cid"]}""");
        Assert.Equal((HttpStatusCode.OK, """["cid"]"""), await app.CallAsync("GET", "/identity/1234/tag/users"));
        Assert.Equal((HttpStatusCode.OK, "[]"), await app.CallAsync("GET", "/identity/1234/tag/Users/"));

        await app.OkAsync("POST", "/identity/1234/tag", """{"tags":{"users":["a","b","c,d","e"]},"replace":true}""");
        await app.OkAsync("DELETE", "/identity/1234/tag/users?value=a,b", null);
        await app.OkAsync("DELETE", "/identity/1234/tag/users?value=c,d", null);
        await ShowsAsync(app, """{"claim_code":["x"],"expires":["1500000000"],"users":["c,d","e"]}""");
        await app.OkAsync("DELETE", "/identity/1234/tag/users?exact=c,d", null);
        await app.OkAsync("DELETE", "/identity/1234/tag/users?exact=c,d", null);
        await ShowsAsync(app, """{"claim_code":["x"],"expires":["1500000000"],"users":["e"]}""");
        await app.OkAsync("DELETE", "/identity/1234/tag/users", null);
        await app.OkAsync("DELETE", "/identity/1234/tag/expires/?value=1500000000", null);
        await ShowsAsync(app, """{"claim_code":["x"]}""");
        await app.OkAsync("POST", "/identity/1234/tag", """{"tags":{"claim_code":[]},"replace":true}""");
        await ShowsAsync(app, "{}");
    }

    [Fact]
    public async Task What_cannot_be_is_refused_and_changes_nothing()
    {
        await using var app = await StartAsync();
        await app.OkAsync("POST", "/identity/1234/tag", """{"tags":{"a":["1"]}}""");

        await app.RefusedAsync(404, "unknown-identity", "GET", "/identity/unknown/tag");
        await app.RefusedAsync(404, "unknown-identity", "GET", "/identity/unknown/tag/a");
        await app.RefusedAsync(404, "unknown-identity", "POST", "/identity/unknown/tag", """{"tags":{"a":["1"]}}""");
        await app.RefusedAsync(404, "unknown-identity", "POST", "/identity/unknown/tag", """{"tags":{}}""");
        await app.RefusedAsync(404, "unknown-identity", "DELETE", "/identity/unknown/tag/a");
        await app.RefusedAsync(400, "bad-json", "POST", "/identity/1234/tag", null);
        await app.RefusedAsync(400, "bad-tag-value", "POST", "/identity/1234/tag", """{"tags":{"a":["2",""]},"replace":true}""");
        await app.RefusedAsync(400, "bad-parameter", "DELETE", "/identity/1234/tag/a?value=");
        await app.RefusedAsync(400, "bad-parameter", "GET", "/tag?limit=0");
        await app.RefusedAsync(400, "bad-parameter", "GET", "/tag/a?counts=1");
        await app.RefusedAsync(405, "other-method", "PUT", "/identity/1234/tag", "{}");
        var refused = await app.RefusedAsync(
            400, "too-many-tags", "POST", "/identity/1234/tag", $$$"""{"tags":{"a":[{{{string.Join(',', Enumerable.Range(2, 99))}}}]}}""");

        Assert.Equal("A device has at most 99 tags.", refused.GetProperty("message").GetString());
        Assert.Equal("""["paths","/{context_id}/identity/{identity}/tag","post","parameters","0"]""", refused.GetProperty("errors")[0].GetProperty("path").GetRawText());
        await ShowsAsync(app, """{"a":["1"]}""");
    }

    [Theory]
    [InlineData("app:x!y*z", "app:x!y*z")]
    [InlineData("a/b c", "a%2Fb%20c")]
    [InlineData("ü汉😀", "%C3%BC%E6%B1%89%F0%9F%98%80")]
    [InlineData("tag", "tag")]
    public async Task A_name_of_any_characters_is_found_under_its_escaped_address(string name, string escaped)
    {
        await using var app = await StartAsync();

        await app.OkAsync("POST", "/identity/1234/tag", $$"""{"tags":[{"name":"{{name}}","value":"{{name}}"},{"name":"{{name}}","value":"other"}]}""");

        await app.OkAsync("DELETE", $"/identity/1234/tag/{escaped}?value=other", null);
        Assert.Equal(name, Assert.Single((await app.GetAsync($"/identity/1234/tag/{escaped}")).EnumerateArray()).GetString());
        Assert.Equal(name, Assert.Single((await app.GetAsync("/tag")).GetProperty("names").EnumerateArray()).GetProperty("name").GetString());
        Assert.Equal(name, Assert.Single((await app.GetAsync($"/tag/{escaped}")).GetProperty("values").EnumerateArray()).GetProperty("value").GetString());
        await app.OkAsync("DELETE", $"/identity/1234/tag/{escaped}?value={escaped}", null);
        await ShowsAsync(app, "{}");
    }

    [Fact]
    [Spec("c.1/14")]
    public async Task Names_and_values_in_use_are_listed_with_counts_in_pages()
    {
        await using var app = await StartAsync();
        await app.OkAsync("PUT", "/identity/1235", "{}");
        await app.OkAsync("POST", "/identity/1234/tag", """{"tags":{"users":["ann","bob"],"claim_code":["x"]}}""");
        await app.OkAsync("POST", "/identity/1235/tag", """{"tags":{"users":["ann","cid"]}}""");

        Assert.Equal("""{"mayLoadMore":false,"names":[{"name":"claim_code","count":1},{"name":"users","count":2}]}""", (await app.GetAsync("/tag")).GetRawText());
        Assert.Equal("""{"mayLoadMore":true,"names":[{"name":"claim_code","count":1}]}""", (await app.GetAsync("/tag/?limit=1")).GetRawText());
        Assert.Equal("""{"mayLoadMore":false,"names":[{"name":"users","count":2}]}""", (await app.GetAsync("/tag?limit=1&after=claim_code")).GetRawText());
        Assert.Equal("""{"mayLoadMore":false,"names":[{"name":"claim_code"},{"name":"users"}]}""", (await app.GetAsync("/tag?counts=false")).GetRawText());
        Assert.Equal(
            """{"mayLoadMore":false,"values":[{"value":"ann","count":2},{"value":"bob","count":1},{"value":"cid","count":1}]}""", (await app.GetAsync("/tag/users")).GetRawText());
        Assert.Equal("""{"mayLoadMore":true,"values":[{"value":"ann","count":2}]}""", (await app.GetAsync("/tag/users?limit=1")).GetRawText());
        Assert.Equal("""{"mayLoadMore":true,"values":[{"value":"bob","count":1}]}""", (await app.GetAsync("/tag/users?limit=1&after=ann")).GetRawText());
        Assert.Equal("""{"mayLoadMore":false,"values":[]}""", (await app.GetAsync("/tag/user")).GetRawText());

        await app.OkAsync("DELETE", "/identity/1234", null, HttpStatusCode.ResetContent);
        Assert.Equal("""{"mayLoadMore":false,"names":[{"name":"users","count":1}]}""", (await app.GetAsync("/tag")).GetRawText());
    }

    [Fact]
    [Spec("c.2/3")]
    public async Task Devices_see_nothing_of_tags()
    {
        await using var app = await StartAsync();
        await app.OkAsync("POST", "/identity/1234/tag", """{"tags":{"temperature":["x"]}}""");

        var (_, shown) = await app.CallAsync("GET", "/identity/1234");
        var state = await app.GetAsync("/identity/1234/state");
        var list = await app.GetAsync("/identity");

        Assert.EndsWith("""
            ,"tags":{"temperature":["x"]}}
            """, shown, StringComparison.Ordinal);
        Assert.Equal("{}", state.GetRawText());
        Assert.False(list.GetProperty("devices")[0].TryGetProperty("tags", out _));
    }

    private static async Task ShowsAsync(ManagementApp app, string tags)
    {
        Assert.Equal((HttpStatusCode.OK, tags), await app.CallAsync("GET", "/identity/1234/tag"));
        Assert.Equal(tags, (await app.GetAsync("/identity/1234")).GetProperty("tags").GetRawText());
    }

    private async Task<ManagementApp> StartAsync()
    {
        var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/1234", "{}");
        return app;
    }
}
