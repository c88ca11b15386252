using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Connectors;
using Murano.Shared.State;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>Which connector a request is for, with several on one storage (specification a.1/4, a.1/5).</summary>
public sealed class ConnectorRoutingTests(AzuriteFixture azurite)
{
    private const string Domain = "m2.example.test";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> ForeignHosts => ["m2.exosite.com", "m2.exosite.com:80", "", "127.0.0.1:7071", "[::1]:7071", "[::1]", "nobody." + Domain, "a.b." + Domain, "x_y", "xn--nxasmq6b"];

    [Theory, Spec("a.1/5")]
    [MemberData(nameof(ForeignHosts))]
    public async Task Under_a_foreign_name_vendor_and_token_say_the_connector(string host)
    {
        await using var app = await StartAsync();
        var other = await AddAsync(app);

        Assert.Equal(404, (await ActivateAsync(app, host, "id=sn-1")).Status);
        Assert.Equal(404, (await ActivateAsync(app, host, "vendor=nobody&sn=sn-1")).Status);
        Assert.Equal(404, (await ActivateAsync(app, host, $"vendor={other}&model={app.Run.Connector}&sn=sn-1")).Status);
        var first = await ActivateAsync(app, host, $"vendor={app.Run.Connector}&model={app.Run.Connector}&sn=sn-1");
        var second = await ActivateAsync(app, host, $"vendor={other}&model={other}&sn=sn-1");
        Assert.Equal((200, 200), (first.Status, second.Status));

        Assert.Equal(204, (await WriteAsync(app, host, first.Text, "a=first")).Status);
        Assert.Equal(204, (await WriteAsync(app, host, second.Text, "a=second")).Status);
        Assert.Equal("a=first", (await ReadAsync(app, host, first.Text)).Text);
        Assert.Equal("a=second", (await ReadAsync(app, Of(other), second.Text)).Text);
    }

    [Theory, Spec("a.1/1"), Spec("a.1/4")]
    [InlineData("{0}.m2.example.test", "{1}.m2.example.test")]
    [InlineData("{0}.m2.example.test:443", "{1}.m2.example.test:8080")]
    [InlineData("{0}.m2.example.test.", "{1}.M2.Example.TEST.:443")]
    [InlineData("{0}.M2.EXAMPLE.TEST", "{1}.devmode-m2.example.test")]
    public async Task A_connector_s_own_name_goes_first_and_another_s_is_refused(string own, string others)
    {
        await using var app = await StartAsync();
        var other = await AddAsync(app);
        own = own.Replace("{0}", app.Run.Connector, StringComparison.Ordinal);
        others = others.Replace("{1}", other.Value, StringComparison.Ordinal);
        if (others.Contains("devmode", StringComparison.Ordinal))
        {
            await DevModeAsync(app, other);
        }

        var token = (await ActivateAsync(app, own, "id=sn-1")).Text;
        Assert.Equal(40, token.Length);
        Assert.Equal(204, (await WriteAsync(app, own, token, "a=1")).Status);
        Assert.Equal(401, (await WriteAsync(app, others, token, "a=2")).Status);
        Assert.Equal(401, (await ReadAsync(app, others, token)).Status);
        Assert.Equal(401, (await AskAsync(app, others, "POST /onep:v1/stack/record", token, "alias=a&1=2")).Status);
        Assert.Equal("a=1", (await ReadAsync(app, own, token)).Text);

        // vendor must agree with the name; without one, the same serial number is another device there.
        Assert.Equal(404, (await ActivateAsync(app, others, $"vendor={app.Run.Connector}&model={app.Run.Connector}&sn=sn-2")).Status);
        Assert.Equal(200, (await ActivateAsync(app, others, "id=sn-1")).Status);
    }

    [Fact, Spec("a.1/5")]
    public async Task The_only_connector_needs_no_name_until_there_are_two()
    {
        await using var app = await StartAsync();
        Assert.Equal(200, (await ActivateAsync(app, "m2.exosite.com", "id=sn-1")).Status);
        await AddAsync(app);

        Assert.Equal(404, (await ActivateAsync(app, "m2.exosite.com", "id=sn-2")).Status);
    }

    [Fact, Spec("a.1/5")]
    public async Task HTTP_1_0_without_a_host_is_heard_and_HTTP_1_1_without_one_is_the_server_s_400()
    {
        await using var app = await StartAsync();
        var body = $"vendor={app.Run.Connector}&model={app.Run.Connector}&sn=sn-1";

        Assert.Equal(400, (await RawHttp.ExchangeAsync(app.Http, $"POST /provision/activate HTTP/1.1\r\nContent-Length: {body.Length}\r\n\r\n{body}")).Status);
        var given = await RawHttp.ExchangeAsync(app.Http, $"POST /provision/activate HTTP/1.0\r\nContent-Length: {body.Length}\r\n\r\n{body}");

        Assert.Equal((200, 40), (given.Status, given.Body.Length));
        Assert.Equal(204, (await RawHttp.ExchangeAsync(app.Http, $"POST /onep:v1/stack/alias HTTP/1.0\r\nX-Exosite-CIK: {given.Text}\r\nContent-Length: 3\r\n\r\na=1")).Status);
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("[::1")]
    [InlineData("host:port:port")]
    [InlineData("{}")]
    public async Task A_host_that_cannot_be_one_is_refused_and_no_fault(string host)
    {
        await using var app = await StartAsync();

        var reply = await ActivateAsync(app, host, "id=sn-1");

        Assert.True(reply.Status is 400 or 200, reply.ToString());
        Assert.DoesNotContain(app.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact, Spec("a.1/5")]
    public async Task With_strict_hosts_only_known_names_are_heard()
    {
        await using var app = await StartAsync(("Devices:StrictHost", "true"));
        var other = await AddAsync(app);
        var own = Of(app.Run.Connector!);
        var token = (await ActivateAsync(app, own, "id=sn-1")).Text;

        foreach (var host in ForeignHosts.Select(row => row.Data))
        {
            Assert.Equal(404, (await ActivateAsync(app, host, $"vendor={other}&model={other}&sn=sn-1")).Status);
            Assert.Equal(401, (await WriteAsync(app, host, token, "a=1")).Status);
        }

        Assert.Equal(401, (await WriteAsync(app, Of(other), token, "a=1")).Status);
        Assert.Equal(204, (await WriteAsync(app, own.ToUpperInvariant() + ".:1", token, "a=1")).Status);
    }

    private static string Of(ConnectorId connector) => Of(connector.Value);

    private static string Of(string connector) => $"{connector}.{Domain}";

    private static Task<RawReply> ActivateAsync(TestApp app, string host, string body) => AskAsync(app, host, "POST /provision/activate", null, body);

    private static Task<RawReply> WriteAsync(TestApp app, string host, string token, string body) => AskAsync(app, host, "POST /onep:v1/stack/alias", token, body);

    private static Task<RawReply> ReadAsync(TestApp app, string host, string token) => AskAsync(app, host, "GET /onep:v1/stack/alias?a", token, "");

    private static Task<RawReply> AskAsync(TestApp app, string host, string line, string? token, string body) =>
        RawHttp.ExchangeAsync(app.Http, $"{line} HTTP/1.1\r\nHost: {host}\r\n{(token is null ? "" : $"X-Exosite-CIK: {token}\r\n")}Content-Length: {body.Length}\r\n\r\n{body}");

    private static async Task<ConnectorId> AddAsync(TestApp app)
    {
        Assert.True(Alias.TryParse("a", out var alias));
        return (await app.Services.GetRequiredService<ConnectorService>().CreateAsync("Other", [new ResourceDefinition { Alias = alias }], Token).Ok()).Id;
    }

    private static async Task DevModeAsync(TestApp app, ConnectorId connector)
    {
        using var patch = System.Text.Json.JsonDocument.Parse("""{"protocol":{"devmode":true}}""");
        await app.Services.GetRequiredService<ConnectorService>().PatchAsync(connector, patch.RootElement, Token).Ok();
    }

    private async Task<TestApp> StartAsync(params (string Key, string? Value)[] settings)
    {
        var all = settings.ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.OrdinalIgnoreCase);
        all["Devices:Domain"] = Domain;
        all["Devices:DevModeDomain"] = "devmode-" + Domain;
        var app = await TestApp.StartAsync(azurite, new TestAppOptions { Settings = all });
        using var person = SimulatedOperator.Of(app.Run);
        await person.DefineAsync("""{"a":{"format":"string"}}""");
        return app;
    }
}
