using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.Tags;
using Murano.Unit.Tests.Tags;

namespace Murano.Unit.Tests.ManagementApi;

public sealed class TagJsonTests
{
    [Theory]
    [Spec("c.2/2")]
    [InlineData("""{"tags":[{"name":"a","value":"1"},{"name":"a","value":"2"}]}""", "+a=1 +a=2")]
    [InlineData("""{"tags":{"a":["1","2"],"b":"3"}}""", "+a=1 +a=2 +b=3")]
    [InlineData("""{"tags":[{"name":"a","value":"1"}],"replace":true}""", "!a +a=1")]
    [InlineData("""{"tags":{"a":["1","2"],"b":[]},"replace":true}""", "!a !b +a=1 +a=2")]
    [InlineData("""{"tags":{"a":["1"]},"replace":false,"other":1}""", "+a=1")]
    [InlineData("""{"tags":{"a":[1.50,1e3,true,"false"]}}""", "+a=1.50 +a=1e3 +a=true +a=false")]
    [InlineData("""{"tags":[]}""", "")]
    [InlineData("""{"tags":{},"replace":true}""", "")]
    public void Reads_both_forms(string body, string expected)
    {
        Assert.True(Json.Read(body, TagJson.Read).TryGet(out var edit, out var failure), failure?.ToString());
        Assert.Equal(expected, Text(edit));
    }

    [Theory]
    [InlineData("[]", "invalid-type")]
    [InlineData("{}", "invalid-type")]
    [InlineData("""{"tags":"a"}""", "invalid-type")]
    [InlineData("""{"tags":["a"]}""", "invalid-type")]
    [InlineData("""{"tags":[{"name":"a"}]}""", "invalid-type")]
    [InlineData("""{"tags":[{"name":1,"value":"1"}]}""", "invalid-type")]
    [InlineData("""{"tags":{"a":["1"]},"replace":"yes"}""", "invalid-type")]
    [InlineData("""{"tags":{"":["1"]}}""", "bad-tag-name")]
    [InlineData("""{"tags":{"a\n":["1"]}}""", "bad-tag-name")]
    [InlineData("""{"tags":{"a":[""]}}""", "bad-tag-value")]
    [InlineData("""{"tags":{"a":[null]}}""", "bad-tag-value")]
    [InlineData("""{"tags":{"a":null}}""", "bad-tag-value")]
    [InlineData("""{"tags":{"a":[["1"]]}}""", "bad-tag-value")]
    [InlineData("""{"tags":{"a":{"b":"1"}}}""", "bad-tag-value")]
    [InlineData("""{"tags":[{"name":"a","value":"x\u0001"}]}""", "bad-tag-value")]
    public void Refuses_what_no_tag_can_be(string body, string reason)
    {
        Assert.False(Json.Read(body, TagJson.Read).TryGet(out _, out var failure));
        Assert.Equal(reason, failure.Reason);
    }

    [Theory]
    [Spec("c.1/13")]
    [InlineData("", "!n")]
    [InlineData("?value=a", "-n=a")]
    [InlineData("?value=a,b,,c", "-n=a -n=b -n=c")]
    [InlineData("?value=a&value=b,c", "-n=a -n=b -n=c")]
    [InlineData("?exact=a,b&exact=c", "-n=a,b -n=c")]
    [InlineData("?value=a&exact=b%2Cc", "-n=a -n=b,c")]
    [InlineData("?value=%01", "")]
    public void A_removal_is_of_the_name_or_of_values(string query, string expected)
    {
        Assert.True(TagListQuery.ParseRemoval(Query(query), TagNameTests.New("n", "x").Name).TryGet(out var edit, out var failure), failure?.ToString());
        Assert.Equal(expected, Text(edit));
    }

    [Theory]
    [InlineData("?value=")]
    [InlineData("?value")]
    [InlineData("?exact=")]
    [InlineData("?value=,")]
    public void A_removal_of_no_value_is_not_one_of_all(string query) => Assert.False(TagListQuery.ParseRemoval(Query(query), TagNameTests.New("n", "x").Name).TryGet(out _, out _));

    [Theory]
    [InlineData("", 100, null, true)]
    [InlineData("?limit=5&after=a%2Cb&counts=false", 5, "a,b", false)]
    [InlineData("?limit=&after=&counts=", 100, null, true)]
    [InlineData("?limit=100000&counts=true", 1000, null, true)]
    public void A_page_is_chosen_by_parameters(string query, int limit, string? after, bool counts)
    {
        Assert.True(TagListQuery.Parse(Query(query)).TryGet(out var read, out var failure), failure?.ToString());
        Assert.Equal(new TagQuery { Limit = limit, After = after, Counts = counts }, read);
    }

    [Theory]
    [InlineData("?limit=0")]
    [InlineData("?limit=-1")]
    [InlineData("?limit=x")]
    [InlineData("?counts=yes")]
    public void A_parameter_that_cannot_be_is_refused(string query) => Assert.False(TagListQuery.Parse(Query(query)).TryGet(out _, out _));

    [Fact]
    [Spec("c.3/9")]
    public void Tags_are_a_map_of_arrays() => Assert.Equal(
        """{"claim_code":["x"],"user":["a","b,\"c"]}""",
        JsonText.Of(json => TagJson.WriteMap(json, [TagNameTests.New("claim_code", "x"), TagNameTests.New("user", "a"), TagNameTests.New("user", "b,\"c")])));

    private static QueryCollection Query(string query) => new(QueryHelpers.ParseQuery(query));

    private static string Text(TagEdit edit) => string.Join(' ',
        edit.Drop.Select(name => $"!{name}").Concat(edit.Remove.Select(tag => $"-{tag.Name}={tag.Value}")).Concat(edit.Add.Select(tag => $"+{tag.Name}={tag.Value}")));
}
