using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.Identities;

namespace Murano.Unit.Tests.ManagementApi;

public sealed class IdentityListQueryTests
{
    private static Outcome<IdentityQuery> Parse(string query) => IdentityListQuery.Parse(new QueryCollection(QueryHelpers.ParseQuery(query)));

    private static IdentityQuery Ok(string query)
    {
        Assert.True(Parse(query).TryGet(out var parsed, out var failure), failure?.ToString());
        return parsed;
    }

    [Fact]
    [Spec("b.4/1")]
    public void Nothing_is_needed() => Assert.Equal(new IdentityQuery(), Ok("?limit=&status=&before="));

    [Fact]
    [Spec("b.4/1")]
    public void A_page_has_a_size_and_a_beginning()
    {
        Assert.True(IdentityId.TryParse("a/b", out var after));

        Assert.Equal(new IdentityQuery { Limit = 7, After = after }, Ok("?limit=7&before=1500000000000.5&after=a%2Fb"));
        Assert.Equal(IdentityQuery.MaxLimit, Ok("?limit=100000").Limit);
    }

    [Fact]
    [Spec("b.4/2")]
    public void A_status_filters()
    {
        Assert.Equal(new IdentityQuery { Status = DeviceStatus.Whitelisted }, Ok("?status=whitelisted"));
        Assert.Equal(new IdentityQuery { Status = DeviceStatus.Provisioned }, Ok("?status=provisioned"));
        Assert.Equal(new IdentityQuery { Status = DeviceStatus.Expired }, Ok("?status=expired"));
        Assert.Equal(new IdentityQuery { Locked = true }, Ok("?status=locked"));
        Assert.Equal(new IdentityQuery { DevMode = true }, Ok("?status=devmode"));
        Assert.Equal(new IdentityQuery { Reprovision = true }, Ok("?status=reprovision"));
    }

    [Theory]
    [Spec("b.4/2")]
    [InlineData("?limit=0")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=ten")]
    [InlineData("?limit=99999999999")]
    [InlineData("?before=yesterday")]
    [InlineData("?status=broken")]
    [InlineData("?after=%07")]
    [InlineData("?identity=12*")]
    [InlineData("?ipaddress=10.*")]
    [InlineData("?version=1")]
    public void What_cannot_be_is_refused(string query)
    {
        Assert.False(Parse(query).TryGet(out _, out var failure));

        Assert.IsType<Failure.Rejected>(failure);
    }
}
