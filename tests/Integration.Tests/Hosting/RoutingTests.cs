using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Hosting;

public sealed class RoutingTests(RoutingFixture routing) : IClassFixture<RoutingFixture>
{
    private TestApp App => routing.App;

    [Theory]
    [InlineData("GET /onep:v1/stack/alias?temp&hum&x=1", "read ?temp&hum&x=1")]
    [InlineData("POST /onep:v1/stack/alias", "write ")]
    [InlineData("GET /onep%3Av1/stack/alias", "read ")]
    [InlineData("GET /ONEP:V1/Stack/ALIAS", "read ")]
    [InlineData("GET /onep:v1/stack/alias/", "read ")]
    [InlineData("GET /item/special", "GET special special")]
    [InlineData("GET /item/a%2Fb", "GET a%2Fb a%2Fb")]
    [InlineData("GET /item/a%20b", "GET a b a b")]
    [InlineData("PUT /item/x", "PUT x x")]
    [InlineData("DELETE /item/special", "never /item/special")]
    [InlineData("GET /page/7", "GET 7")]
    [InlineData("GET /page/x", "all page/x /page/x")]
    [InlineData("GET /Unnamed", "/Unnamed")]
    [InlineData("GET /", "all (null) /")]
    [InlineData("GET /?foo", "all (null) /")]
    [InlineData("GET /deep/er%2Fstill", "all deep/er%2Fstill /deep/er%2Fstill")]
    [InlineData("GET /admin/foo", "all admin/foo /admin/foo")]
    [InlineData("GET /runtime", "all runtime /runtime")]
    [InlineData("OPTIONS /item/x", "all item/x /item/x")]
    public async Task The_first_function_by_name_that_matches_answers(string request, string body)
    {
        var reply = await SendAsync(request);

        Assert.Equal("HTTP/1.1 200 OK", reply.StatusLine);
        Assert.Equal(body, reply.Text);
    }

    [Theory]
    [InlineData("POST /nowhere", 404)]
    [InlineData("HEAD /onep:v1/stack/alias", 404)]
    [InlineData("DELETE /onep:v1/stack/alias", 404)]
    [InlineData("TRACE /onep:v1/stack/alias", 404)]
    [InlineData("GET //onep:v1/stack/alias", 404)]
    [InlineData("GET /admin/host/status", 401)]
    [InlineData("POST /runtime/webhooks/any", 401)]
    [InlineData("GET /broken", 500)]
    [InlineData("GET /silent", 202)]
    public async Task Everything_else_has_an_empty_body(string request, int status)
    {
        var reply = await SendAsync(request);

        Assert.Equal(status, reply.Status);
        Assert.Equal(request.StartsWith("HEAD", StringComparison.Ordinal) ? null : "0", reply["Content-Length"]);
        Assert.Empty(reply.Body);
    }

    [Fact]
    public async Task A_reply_comes_in_one_piece()
    {
        var reply = await SendAsync("GET /item/x");

        Assert.Equal(1, reply.Reads);
        Assert.NotNull(reply["Date"]);
    }

    [Fact]
    public async Task An_exception_is_logged()
    {
        await SendAsync("GET /broken");

        Assert.Contains(App.Log.Lines, line => line.Contains("Function Broken failed", StringComparison.Ordinal) && line.Contains("on purpose", StringComparison.Ordinal));
    }

    private Task<RawReply> SendAsync(string request) =>
        RawHttp.ExchangeAsync(App.Http, $"{request} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n");
}
