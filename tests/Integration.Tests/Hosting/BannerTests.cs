using Murano.LocalHost;
using Murano.LocalHost.Hosting;

namespace Murano.Integration.Tests.Hosting;

public sealed class BannerTests
{
    private static readonly RunInfo Run = new(
        "http://127.0.0.1:7071", "https://localhost:7443", "/data/ca.pem", "abc123", "abc123.m2.localhost:7443", new("admin", "s3cret"), "storage", "pubsub", 1);

    [Fact]
    public void It_shows_what_to_paste()
    {
        var lines = Banner.For(Run).Split(Environment.NewLine);

        Assert.Contains("  page       http://localhost:7071/", lines, StringComparer.Ordinal);
        Assert.Contains("  operator   admin s3cret", lines, StringComparer.Ordinal);
        Assert.Contains("  connector  https://abc123.m2.localhost:7443", lines, StringComparer.Ordinal);
        Assert.Matches("""^TOKEN=\$\(curl -s -d 'vendor=abc123&model=abc123&sn=demo-[0-9a-f]{8}' http://localhost:7071/provision/activate\)$""", lines[^6]);
        Assert.Equal("""curl -i -H "X-Exosite-CIK: $TOKEN" -d temperature=21.5 http://localhost:7071/onep:v1/stack/alias""", lines[^5]);
        Assert.Equal("""curl -H "X-Exosite-CIK: $TOKEN" 'http://localhost:7071/onep:v1/stack/alias?temperature'; echo""", lines[^4]);
    }

    [Fact]
    public void Without_a_connector_it_shows_the_addresses_alone()
    {
        var text = Banner.For(Run with { Connector = null, Fqdn = null, Operator = null });

        Assert.Contains("https://localhost:7443   (CA certificate: /data/ca.pem)", text, StringComparison.Ordinal);
        Assert.DoesNotContain("curl", text, StringComparison.Ordinal);
    }
}
