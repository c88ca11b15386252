using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Murano.Integration.Tests.Hosting;

internal static class RoutingFunctions
{
    [Function("Alias_Write")]
    public static IResult Write([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "onep:v1/stack/alias")] HttpRequest request) =>
        TypedResults.Text($"write {request.QueryString}");

    [Function("Alias_Read")]
    public static IResult Read([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "onep:v1/stack/alias")] HttpRequest request) =>
        TypedResults.Text($"read {request.QueryString}");

    [Function("b_second")]
    public static IResult Second([HttpTrigger(AuthorizationLevel.Anonymous, Route = "item/special")] HttpRequest request) =>
        TypedResults.Text($"never {request.Path}");

    [Function("B_First")]
    public static Task<IResult> First([HttpTrigger(AuthorizationLevel.Anonymous, "get", "put", Route = "item/{identity}")] HttpRequest request, string identity) =>
        Task.FromResult<IResult>(TypedResults.Text($"{request.Method} {identity} {request.RouteValues["identity"]}"));

    [Function("Numbered")]
    public static IResult Numbered([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "page/{number:int}")] HttpRequest request, int number) =>
        TypedResults.Text($"{request.Method} {number}");

    [Function("Silent")]
    public static async Task Silent([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "silent")] HttpRequest request)
    {
        request.HttpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        await Task.CompletedTask;
    }

    [Function("Broken")]
    public static IResult Broken([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "broken")] HttpRequest request) =>
        throw new InvalidOperationException($"on purpose at {request.Path}");

    [Function("Unnamed")]
    public static IResult Unnamed([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) => TypedResults.Text(request.Path);

    [Function("Z_All")]
    public static IResult All([HttpTrigger(AuthorizationLevel.Anonymous, "get", "options", Route = "{*rest}")] HttpRequest request, string? rest) =>
        TypedResults.Text($"all {rest ?? "(null)"} {request.Path}");
}
