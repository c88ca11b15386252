using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Murano.Functions.Assets;
using Murano.Functions.Telemetry;

namespace Murano.Functions.Documentation;

/// <summary>Describe both APIs, for programs and for people. Needs no credential: it says nothing about this installation but its domain.</summary>
public sealed class DocumentFunctions(DocumentAssets assets, HttpsOnly https, RequestWatch watch)
{
    /// <summary>
    /// Nothing from elsewhere, and no script that is not a file of ours. The page's program writes styles into its elements, shows pictures that it carries with
    /// it, and asks this host only.
    /// </summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>The OpenAPI document: 200 or 304.</summary>
    [Function("Docs_Document")]
    public Task<IResult> Document([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = DocumentRoutes.Document)] HttpRequest request) => Send(request, assets.Document);

    /// <summary>The page: 200 or 304.</summary>
    [Function("Docs_Page")]
    public Task<IResult> Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = DocumentRoutes.Page)] HttpRequest request) => Send(request, assets.Page);

    /// <summary>What starts the page's program: 200 or 304.</summary>
    [Function("Docs_Start")]
    public Task<IResult> Start([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = DocumentRoutes.Start)] HttpRequest request) => SendVersioned(request, assets.Start);

    /// <summary>The page's program: 200 or 304.</summary>
    [Function("Docs_Script")]
    public Task<IResult> Script([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = DocumentRoutes.Script)] HttpRequest request) => SendVersioned(request, assets.Script);

    // While instances of two versions serve, one may be asked for the other's file: such an answer must not be kept for long.
    private Task<IResult> SendVersioned(HttpRequest request, Asset asset) => Send(request, asset, isVersioned: string.Equals(request.Query["v"], asset.Version, StringComparison.Ordinal));

    private Task<IResult> Send(HttpRequest request, Asset asset, bool isVersioned = false) =>
        watch.RunAsync(request, (https, asset, isVersioned), static (request, sent) =>
            Task.FromResult(sent.https.Answer(request, () => new AssetReply(request, sent.asset, Policy, sent.isVersioned))));
}
