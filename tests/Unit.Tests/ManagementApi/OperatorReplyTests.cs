using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Murano.Functions.ManagementApi;
using Murano.Shared;
using Murano.Shared.Connectors;

namespace Murano.Unit.Tests.ManagementApi;

public sealed class OperatorReplyTests
{
    private const string Trace = "0123456789abcdef";

    private static readonly HttpRequest Request = Json.Request("POST", "/api:1/service/u1/device2/identity/");

    private static readonly Dictionary<Type, (Failure Failure, int Status)> Table = new()
    {
        [typeof(Failure.Unauthorized)] = (new Failure.Unauthorized("r", "d"), 401),
        [typeof(Failure.Forbidden)] = (new Failure.Forbidden("r", "d"), 403),
        [typeof(Failure.NotFound)] = (new Failure.NotFound("r", "d"), 404),
        [typeof(Failure.Rejected)] = (new Failure.Rejected("r", "", "d"), 400),
        [typeof(Failure.TooLarge)] = (new Failure.TooLarge("r", "d"), 413),
        [typeof(Failure.Conflict)] = (new Failure.Conflict("r", "d"), 409),
        [typeof(Failure.TooMany)] = (new Failure.TooMany("r", "d", TimeSpan.FromSeconds(7)), 429),
        [typeof(Failure.Busy)] = (new Failure.Busy("r", "d", TimeSpan.FromMilliseconds(10)), 503),
    };

    public static TheoryData<string> Kinds => [.. typeof(Failure).GetNestedTypes().Select(type => type.Name)];

    [Theory]
    [Spec("b.1/4")]
    [MemberData(nameof(Kinds))]
    public async Task Each_kind_of_failure_has_its_code_and_the_error_body(string kind)
    {
        var (failure, status) = Table.Single(entry => string.Equals(entry.Key.Name, kind, StringComparison.Ordinal)).Value;

        var reply = await Json.ExecuteAsync(OperatorReply.For(failure, Request, Trace));

        Assert.Equal(status, reply.Status);
        Assert.Equal($$"""{"message":"d","code":{{status}},"statusCode":{{status}},"reason":"r","traceId":"{{Trace}}"}""", reply.Body);
        Assert.Equal("application/json; charset=utf-8", reply.Headers.ContentType);
        Assert.Equal(reply.Body.Length, reply.Headers.ContentLength);
        Assert.Equal(kind switch { "TooMany" => "7", "Busy" => "1", _ => "" }, reply.Headers.RetryAfter.ToString());
        Assert.Equal(kind switch { "Unauthorized" => "Bearer", _ => "" }, reply.Headers.WWWAuthenticate.ToString());
    }

    [Fact]
    [Spec("b.1/4")]
    public async Task A_word_that_a_field_does_not_take_is_refused_as_Murano_did()
    {
        var reply = await Json.ExecuteAsync(OperatorReply.For(EnumMismatch.Of("auth.type", "hash"), Request, Trace));

        Assert.Equal(400, reply.Status);
        Assert.Equal(
            Json.Compact($$"""
                {"message":"Validation errors","code":400,"statusCode":400,
                 "errors":[{"code":"INVALID_REQUEST_PARAMETER","in":"body","name":"device",
                  "message":"Invalid parameter (device): Value failed JSON Schema validation",
                  "path":["paths","/{context_id}/identity/","post","parameters","0"],
                  "errors":[{"code":"ENUM_MISMATCH","params":["hash"],"message":"No enum match for: hash","path":["auth","type"]}]}],
                 "reason":"enum-mismatch","traceId":"{{Trace}}"}
                """),
            reply.Body);
    }

    [Fact]
    [Spec("b.4/10")]
    public async Task A_value_that_is_not_settable_is_refused_in_plain_words()
    {
        var reply = await Json.ExecuteAsync(OperatorReply.For(new Failure.Rejected(ResourceRules.NotSettable, "temp", "Value is not settable"), Request, Trace));

        Assert.Equal($$"""{"message":"Value is not settable","code":400,"statusCode":400,"reason":"not-settable","traceId":"{{Trace}}"}""", reply.Body);
    }

    [Fact]
    public async Task A_bad_field_is_named_in_the_message_and_in_the_errors()
    {
        var reply = await Json.ExecuteAsync(OperatorReply.For(new Failure.Rejected("invalid-type", "protocol.port", "protocol.port must be a port number."), Json.Request("PATCH", "/api:1/service/u1/device2"), Trace));

        using var body = JsonDocument.Parse(reply.Body);
        var error = body.RootElement.GetProperty("errors")[0];
        Assert.Equal("protocol.port must be a port number.", body.RootElement.GetProperty("message").GetString());
        Assert.Equal("settings", error.GetProperty("name").GetString());
        Assert.Equal("""["protocol","port"]""", error.GetProperty("errors")[0].GetProperty("path").GetRawText());
        Assert.Equal("INVALID_TYPE", error.GetProperty("errors")[0].GetProperty("code").GetString());
    }

    [Fact]
    [Spec("b.1/3")]
    [Spec("b.4/6")]
    public async Task Successes_without_a_body_have_none()
    {
        Assert.Equal((204, ""), Pair(await Json.ExecuteAsync(OperatorReply.Empty)));
        Assert.Equal((205, ""), Pair(await Json.ExecuteAsync(OperatorReply.Deleted)));

        static (int, string) Pair((int Status, IHeaderDictionary Headers, string Body) reply) => (reply.Status, reply.Body);
    }

    [Fact]
    public async Task A_fault_of_ours_tells_the_trace_and_nothing_else()
    {
        var reply = await Json.ExecuteAsync(OperatorReply.Fault(Request, Trace));

        Assert.Equal(500, reply.Status);
        Assert.Contains(Trace, reply.Body, StringComparison.Ordinal);
    }
}
