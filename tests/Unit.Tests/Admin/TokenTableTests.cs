using Murano.Admin;
using Murano.Admin.Import;

namespace Murano.Unit.Tests.Admin;

public sealed class TokenTableTests
{
    private static readonly string A = new('a', 40);
    private static readonly string B = new('B', 40);

    [Fact]
    public async Task It_gives_the_tokens_and_tells_those_that_nobody_took()
    {
        var table = await ReadAsync($"identity,token\n 1 , {A}\n\"2,5\",{B}\n3,\n\n4\n");

        Assert.Empty(table.Problems);
        Assert.Equal((A, null, null), (table.Take("1"), table.Take("3"), table.Take("4")));
        Assert.Equal("2,5 not-exported", string.Join('|', table.Unused().Select(result => $"{result.Id} {result.Reason}")));
        Assert.Equal(B, table.Take("2,5"));
        Assert.Empty(table.Unused());
    }

    [Fact]
    public async Task A_line_that_cannot_be_is_told_without_its_token_and_the_others_count()
    {
        var table = await ReadAsync($"Identity,TOKEN,note\nshort,abc\ntwice,{A}\ntwice,{B}\nother,{A}\nsame,{new string('c', 40)}\nsame,{new string('c', 40)}\n");

        Assert.Equal("short bad-token|twice two-tokens|other token-twice", string.Join('|', table.Problems.Select(result => $"{result.Id} {result.Reason}")));
        Assert.All(table.Problems, result => Assert.DoesNotMatch("[aBc]{20}|abc", result.Message));
        Assert.Equal((null, null, new string('c', 40)), (table.Take("twice"), table.Take("other"), table.Take("same")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("identity\n1")]
    [InlineData("1,aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("token,identity\n")]
    public async Task Another_first_line_is_refused(string text) => await Assert.ThrowsAsync<AdminException>(() => ReadAsync(text));

    private static Task<TokenTable> ReadAsync(string text) => TokenTable.ReadAsync(new StringReader(text));
}
