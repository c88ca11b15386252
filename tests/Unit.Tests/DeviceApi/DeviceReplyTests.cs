using System.Text;
using Microsoft.AspNetCore.Http;
using Murano.Functions.DeviceApi;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.State;

namespace Murano.Unit.Tests.DeviceApi;

public static class DeviceReplyTests
{
    private static readonly Dictionary<Type, (Failure Failure, int Status, string? RetryAfter)> Table = new()
    {
        [typeof(Failure.Unauthorized)] = (new Failure.Unauthorized("r", "Secret reason."), 401, null),
        [typeof(Failure.Forbidden)] = (new Failure.Forbidden("r", "Secret reason."), 403, null),
        [typeof(Failure.NotFound)] = (new Failure.NotFound("r", "Secret reason."), 404, null),
        [typeof(Failure.Conflict)] = (new Failure.Conflict("r", "Secret reason."), 409, null),
        [typeof(Failure.Rejected)] = (new Failure.Rejected("r", "f", "Why not."), 400, null),
        [typeof(Failure.TooLarge)] = (new Failure.TooLarge("r", "Why not."), 413, null),
        [typeof(Failure.TooMany)] = (new Failure.TooMany("r", "Why not.", TimeSpan.FromSeconds(1.2)), 429, "2"),
        [typeof(Failure.Busy)] = (new Failure.Busy("r", "Why not.", TimeSpan.Zero), 503, "1"),
    };

    public static TheoryData<string> Kinds => [.. typeof(Failure).GetNestedTypes().Select(type => type.Name)];

    private static async Task<(HttpResponse Response, string Body)> SendAsync(DeviceReply reply)
    {
        var context = new DefaultHttpContext();
        using var body = new MemoryStream();
        context.Response.Body = body;
        await reply.ExecuteAsync(context);
        return (context.Response, Encoding.UTF8.GetString(body.ToArray()));
    }

    private static AliasValue Value(string alias, string value) => new(alias, Encoding.UTF8.GetBytes(value));

    public sealed class For
    {
        [Theory]
        [MemberData(nameof(Kinds), MemberType = typeof(DeviceReplyTests))]
        [Spec("a.2/5")]
        [Spec("a.2/6")]
        [Spec("a.2/8")]
        [Spec("a.2/10")]
        [Spec("a.2/11")]
        [Spec("a.2/13")]
        public async Task Has_a_code_for_each_kind_of_failure(string kind)
        {
            var (failure, status, retryAfter) = Table.Single(row => string.Equals(row.Key.Name, kind, StringComparison.Ordinal)).Value;

            var (response, body) = await SendAsync(DeviceReply.For(failure));

            Assert.Equal(status, response.StatusCode);
            Assert.Equal(retryAfter, response.Headers.RetryAfter.SingleOrDefault());
            Assert.Equal(body.Length, response.ContentLength);
            Assert.Equal(status is 400 or 413 or 429 or 503 ? "Why not." : "", body);
            Assert.Equal(body.Length > 0 ? "text/plain; charset=utf-8" : null, response.ContentType);
        }

        [Fact]
        public async Task An_unknown_encoding_is_415()
        {
            var (response, body) = await SendAsync(DeviceReply.For(new Failure.Rejected(BodyEncoding.Unknown, "", "No.")));

            Assert.Equal((415, "No."), (response.StatusCode, body));
        }

        [Fact]
        public void A_kind_that_the_table_lacks_is_noticed() =>
            Assert.Throws<InvalidOperationException>(() => DeviceReply.For(new Unheard()));

        private sealed record Unheard() : Failure("r", "d");
    }

    public sealed class Values
    {
        [Fact]
        [Spec("a.7/3")]
        [Spec("a.4/1")]
        public async Task Are_a_form_in_order()
        {
            var (response, body) = await SendAsync(DeviceReply.Values([Value("b c", "1&2=3"), Value("a", ""), Value("é", "+")]));

            Assert.Equal("b%20c=1%262%3D3&a=&%C3%A9=%2B", body);
            Assert.Equal((200, "application/x-www-form-urlencoded; charset=utf-8"), (response.StatusCode, response.ContentType));
            Assert.Equal(body.Length, response.ContentLength);
        }

        [Fact]
        [Spec("a.7/3")]
        public async Task Are_nothing_when_there_are_none_or_all_are_empty()
        {
            Assert.Same(DeviceReply.Empty, DeviceReply.Values([]));
            Assert.Same(DeviceReply.Empty, DeviceReply.Values([Value("a", ""), Value("b", "")]));
            var (response, body) = await SendAsync(DeviceReply.Empty);
            Assert.Equal((204, "", null), (response.StatusCode, body, response.ContentLength));
        }
    }

    public sealed class Others
    {
        [Fact]
        [Spec("a.5/reply")]
        public async Task A_token_is_forty_bytes()
        {
            var token = DeviceToken.New();

            var (response, body) = await SendAsync(DeviceReply.Token(token));

            Assert.Equal((200, token.Reveal(), 40L), (response.StatusCode, body, response.ContentLength));
            Assert.Equal("text/plain; charset=utf-8", response.ContentType);
        }

        [Fact]
        [Spec("a.2/9")]
        public async Task Another_method_is_405_with_the_right_ones()
        {
            var (response, body) = await SendAsync(DeviceReply.OtherMethod("GET, POST"));

            Assert.Equal((405, "GET, POST", "", 0L), (response.StatusCode, response.Headers.Allow.ToString(), body, response.ContentLength));
        }

        [Fact]
        [Spec("a.2/11")]
        public async Task A_fault_is_500_with_no_body()
        {
            var (response, body) = await SendAsync(DeviceReply.Fault);

            Assert.Equal((500, "", 0L), (response.StatusCode, body, response.ContentLength));
        }
    }
}
