using System.Net;
using Murano.Shared.Connectors;
using Murano.Shared.Provisioning;

namespace Murano.Unit.Tests.Provisioning;

public sealed class AddressRulesTests
{
    private static bool Allows(string entry, string address, bool enabled = true) =>
        AddressRules.Allows(new ProvisioningSettings { AddressListEnabled = enabled, AllowedAddresses = [entry] }, IPAddress.Parse(address));

    [Theory]
    [Spec("a.5/9"), Spec("c.4/13")]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.0/24", "192.0.2.255", true)]
    [InlineData("192.0.2.77/24", "192.0.2.1", true)]
    [InlineData("192.0.2.0/24", "192.0.3.0", false)]
    [InlineData("192.0.2.128/25", "192.0.2.127", false)]
    [InlineData("192.0.2.128/25", "192.0.2.128", true)]
    [InlineData("10.0.0.0/9", "10.127.255.255", true)]
    [InlineData("10.0.0.0/9", "10.128.0.0", false)]
    [InlineData("0.0.0.0/0", "203.0.113.9", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    [InlineData("::ffff:192.0.2.0/120", "192.0.2.9", true)]
    [InlineData("::ffff:192.0.2.0/120", "::ffff:192.0.3.9", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("::/0", "192.0.2.7", false)]
    [InlineData("2001:db8::/33", "2001:db8:7fff::1", true)]
    [InlineData("2001:db8::/33", "2001:db8:8000::1", false)]
    [InlineData("2001:db8::1", "2001:db8::1", true)]
    [InlineData("2001:db8::1", "2001:db8::2", false)]
    [InlineData("192.0.2.7/32", "192.0.2.7", true)]
    public void A_list_holds_addresses_and_ranges(string entry, string address, bool holds) => Assert.Equal(holds, Allows(entry, address));

    [Fact]
    [Spec("c.4/13")]
    public void A_list_that_is_off_keeps_nobody_out() => Assert.True(Allows("192.0.2.7", "203.0.113.9", enabled: false));

    [Fact]
    [Spec("c.4/13")]
    public void An_empty_list_lets_nobody_in() =>
        Assert.False(AddressRules.Allows(new ProvisioningSettings { AddressListEnabled = true }, IPAddress.Loopback));
}
