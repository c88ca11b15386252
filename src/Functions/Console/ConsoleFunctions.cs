using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Functions.Assets;
using Murano.Functions.Telemetry;

namespace Murano.Functions.Console;

/// <summary>Serve the management page. Over plain http they lead to https where that is required. Need no credential: the page is the same for everybody, and what it shows comes from the management API.</summary>
public sealed class ConsoleFunctions(ConsoleFiles files, ConsolePolicy policy, ConsoleConfig config, HttpsOnly https, RequestWatch watch)
{
    /// <summary>Where the page begins: 200; 503 when the build has none.</summary>
    [Function("Console_Home")]
    public Task<IResult> Home([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ConsoleRoutes.Home)] HttpRequest request) => SendPage(request);

    /// <summary>Any place of the page: 200; 503 when the build has none.</summary>
    [Function("Console_Page")]
    public Task<IResult> Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ConsoleRoutes.Page)] HttpRequest request) => SendPage(request);

    /// <summary>A file of the page: 200 or 304; 404 when the build has none of that name.</summary>
    [Function("Console_Asset")]
    public Task<IResult> Asset([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ConsoleRoutes.Asset)] HttpRequest request) =>
        Send(request, () => files.Find(request.RouteValues["file"] as string ?? "") is { } asset ? new AssetReply(request, asset, ConsolePolicy.OfFiles, isVersioned: true) : TextReply.NoFile);

    /// <summary>What the page has to know before anybody has signed in: 200.</summary>
    [Function("Console_Config")]
    public Task<IResult> Config([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = ConsoleRoutes.Config)] HttpRequest request) =>
        Send(request, () => new ConfigReply(config.Json));

    private Task<IResult> SendPage(HttpRequest request) => Send(request, () => files.Page is { } page ? new PageReply(page, policy) : TextReply.NoPage);

    private Task<IResult> Send(HttpRequest request, Func<IResult> reply) =>
        watch.RunAsync(request, (https, reply), static (request, sent) => Task.FromResult(sent.https.Answer(request, sent.reply)));
}
