using Microsoft.Extensions.Options;
using Murano.Shared;
using Murano.Shared.Connectors;

namespace Murano.Unit.Tests.Connectors;

public sealed class DeviceHostsTests
{
    private static DeviceHosts Hosts(string domain = "", string host = "", string devMode = "") =>
        new(Options.Create(new DeviceOptions { Domain = domain, Host = host, DevModeDomain = devMode }));

    [Theory]
    [Spec("a.1/1")]
    [Spec("b.4/11")]
    [InlineData("m2.example:7443", "gate.example", "u1rnqm3kgg2u80000.m2.example:7443")]
    [InlineData("", "gate.example:8443", "gate.example:8443")]
    [InlineData("", "", "asked.example:443")]
    public void Devices_are_told_a_name(string domain, string host, string expected) => Assert.Equal(expected, Hosts(domain, host).Fqdn(Connectors.Id, "asked.example:443"));

    [Theory]
    [Spec("a.1/1")]
    [InlineData("abc1.m2.example", true, false)]
    [InlineData("ABC1.M2.Example.:443", true, false)]
    [InlineData("abc1.devmode-m2.example:80", true, true)]
    [InlineData("m2.example", false, false)]
    [InlineData(".m2.example", false, false)]
    [InlineData("a.b.m2.example", false, false)]
    [InlineData("abc1.xm2.example", false, false)]
    [InlineData("", false, false)]
    public void A_host_names_a_connector(string host, bool names, bool devMode)
    {
        Assert.Equal(names, Hosts("m2.example:7443").TryRead(host, out var id, out var isDevMode));
        Assert.Equal(names ? "abc1" : null, id.Value);
        Assert.Equal(devMode, isDevMode);
    }

    [Fact]
    public void A_name_for_developer_mode_of_its_own_counts()
    {
        Assert.True(Hosts("m2.example", devMode: "dev.example:80").TryRead("abc1.dev.example", out _, out var devMode));
        Assert.True(devMode);
        Assert.False(Hosts("m2.example", devMode: "dev.example:80").TryRead("abc1.devmode-m2.example", out _, out _));
    }

    [Fact]
    public void Without_a_domain_no_host_names_a_connector() => Assert.False(Hosts().TryRead("abc1.m2.example", out _, out _));
}
