using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.Connectors;
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

    private static TextPattern Pattern(string text)
    {
        Assert.True(TextPattern.TryParse(text, out var pattern));
        return pattern;
    }

    [Fact]
    [Spec("b.4/1")]
    public void Nothing_is_needed() => Assert.Equal(new IdentityQuery(), Ok("?limit=&status=&before="));

    [Theory]
    [Spec("b.4/1")]
    [InlineData("1500000000000.5", 1_500_000_000_000_500)]
    [InlineData("1500000000000000", 1_500_000_000_000_000)]
    [InlineData("0", 0)]
    public void A_page_ends_before_a_time_in_milliseconds_or_microseconds(string before, long micros) => Assert.Equal(micros, Ok("?before=" + before).Before);

    [Fact]
    public void A_page_has_a_size_an_order_and_a_place_to_go_on_from()
    {
        Assert.Equal(new IdentityQuery { Limit = 7, Order = IdentityOrder.Identity, Cursor = "abc" }, Ok("?limit=7&order=identity&cursor=abc"));
        Assert.Equal(IdentityQuery.MaxLimit, Ok("?limit=100000").Limit);
    }

    [Fact]
    [Spec("b.4/2")]
    public void A_status_filters()
    {
        Assert.Equal(new IdentityFilter { Status = DeviceStatus.Whitelisted }, Ok("?status=whitelisted").Filter);
        Assert.Equal(new IdentityFilter { Status = DeviceStatus.Provisioned }, Ok("?status=provisioned").Filter);
        Assert.Equal(new IdentityFilter { Status = DeviceStatus.Expired }, Ok("?status=expired").Filter);
        Assert.Equal(new IdentityFilter { Locked = true }, Ok("?status=locked").Filter);
        Assert.Equal(new IdentityFilter { DevMode = true }, Ok("?status=devmode").Filter);
        Assert.Equal(new IdentityFilter { Reprovision = true }, Ok("?status=reprovision").Filter);
    }

    [Fact]
    public void Filters_come_as_parameters_and_as_one_line()
    {
        var filter = new IdentityFilter { Status = DeviceStatus.Provisioned, Locked = false, Online = true, AuthType = AuthType.Password, Identity = Pattern("00:14:*"), Address = Pattern("10.*") };

        Assert.Equal(filter, Ok("?status=provisioned&locked=no&online=yes&auth=password&identity=00:14:*&ipaddress=10.*").Filter);
        Assert.Equal(filter, Ok("?q=status:provisioned++locked:no+online:true+auth:password+ip:10.*+00:14:*").Filter);
        Assert.Equal(filter, Ok("?q=locked:false+online:yes+00:14:*&status=provisioned&ip=10.*&auth=password").Filter);
    }

    [Theory]
    [Spec("c.1/6")]
    [InlineData("site", "site", null, false)]
    [InlineData("site=Taipei", "site", "Taipei", true)]
    [InlineData("site=Tai*", "site", "Tai", false)]
    [InlineData("site=*", "site", "", false)]
    [InlineData("a=b=c", "a", "b=c", true)]
    [InlineData(@"a\=b=c\*", "a=b", "c*", true)]
    [InlineData(@"a=\\\**", "a", @"\*", false)]
    [InlineData(@"path=C:\dir", "path", @"C:\dir", true)]
    [InlineData("app:id:name=汉 字", "app:id:name", "汉 字", true)]
    [InlineData("""{"name":"claim_code","value":"x*=\\"}""", "claim_code", @"x*=\", true)]
    [InlineData("""{"name":"claim_code"}""", "claim_code", null, false)]
    [InlineData(@"\{a=1", "{a", "1", true)]
    public void A_tag_is_asked_for_by_name_value_or_the_beginning_of_a_value(string text, string name, string? value, bool isExact)
    {
        var condition = Assert.Single(Ok("?tag=" + Uri.EscapeDataString(text)).Filter.Tags.Conditions);

        Assert.Equal((name, value ?? "", isExact), (condition.Name.Value, condition.Text, condition.IsExact));
        var line = $"tag:\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
        Assert.Equal(condition, Assert.Single(Ok("?q=" + Uri.EscapeDataString(line)).Filter.Tags.Conditions));
    }

    [Fact]
    public void The_line_of_the_console_is_understood_and_tags_may_come_more_than_once()
    {
        var parsed = Ok("?q=" + Uri.EscapeDataString("tag:site=Taipei status:provisioned locked:no online:yes 00:14:* tag:floor")).Filter;

        Assert.Equal(new IdentityFilter { Status = DeviceStatus.Provisioned, Locked = false, Online = true, Identity = Pattern("00:14:*"), Tags = parsed.Tags }, parsed);
        Assert.Equal("site floor", string.Join(' ', parsed.Tags.Conditions.Select(condition => condition.Name.Value)));
        Assert.Equal(parsed.Tags, Ok("?tag=site%3DTaipei&tag=&tag=floor&tag=floor").Filter.Tags);
        Assert.Equal(parsed.Tags, Ok("?tag=site%3DTaipei&q=tag:floor").Filter.Tags);
    }

    [Fact]
    public void Tags_and_values_come_with_the_devices_when_asked_for()
    {
        Assert.True(Ok("?tags=true").WithTags);
        Assert.False(Ok("?tags=false").WithTags);
        Assert.Equal("temp a,b led", string.Join(' ', Ok(@"?state=temp,a\,b&state=led,,temp,a.b").WithState.Select(alias => alias.Value)));
    }

    [Theory]
    [InlineData("abc", "abc*")]
    [InlineData("a*c", "a*c")]
    [InlineData("00:14", "00:14*")]
    [InlineData("\"a b\"", "a b*")]
    [InlineData("\"locked:no\"", "locked:no*")]
    [InlineData("id:abc", "abc")]
    [InlineData("id:\"a b\"", "a b")]
    [InlineData("id:\"a\\\"b\"", "a\"b")]
    public void A_word_of_the_line_is_a_beginning_and_a_name_asks_for_more(string line, string pattern) =>
        Assert.Equal(new IdentityFilter { Identity = Pattern(pattern) }, Ok("?q=" + Uri.EscapeDataString(line)).Filter);

    [Theory]
    [Spec("b.4/2")]
    [InlineData("?limit=0")]
    [InlineData("?tags=yes")]
    [InlineData("?state=1,2,3,4,5,6,7,8,9,10,11,12,13")]
    [InlineData("?tag==x")]
    [InlineData("?tag=site=")]
    [InlineData("?tag=si*te")]
    [InlineData("?tag=site*")]
    [InlineData("?tag=site=*pei")]
    [InlineData("?tag=site=%252F")]
    [InlineData("?tag=.")]
    [InlineData("?tag={")]
    [InlineData("?tag={}")]
    [InlineData("?tag={\"name\":\"a\",\"value\":1}")]
    [InlineData("?tag={\"name\":\"a\",\"prefix\":\"b\"}")]
    [InlineData("?tag=a&tag=b&tag=c&tag=d&tag=e&tag=f&tag=g&tag=h&tag=i")]
    [InlineData("?q=tag:")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=ten")]
    [InlineData("?limit=99999999999")]
    [InlineData("?before=yesterday")]
    [InlineData("?before=-1")]
    [InlineData("?before=99999999999999999999999999")]
    [InlineData("?order=up")]
    [InlineData("?status=broken")]
    [InlineData("?locked=maybe")]
    [InlineData("?auth=hash")]
    [InlineData("?identity=(")]
    [InlineData("?identity=(a)\\1")]
    [InlineData("?version=1")]
    [InlineData("?ip=1&ipaddress=1")]
    [InlineData("?status=locked&q=status:provisioned")]
    [InlineData("?q=abc+def")]
    [InlineData("?q=%22abc")]
    [InlineData("?q=locked:")]
    public void What_cannot_be_is_refused(string query)
    {
        Assert.False(Parse(query).TryGet(out _, out var failure));

        Assert.IsType<Failure.Rejected>(failure);
    }
}
