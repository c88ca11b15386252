using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Murano.Functions.Documentation;

/// <summary>Describe both APIs, for programs and for people. Needs no credential: it says nothing about this installation but its domain.</summary>
public sealed class DocumentFunctions(DocumentAssets assets)
{
    /// <summary>The OpenAPI document: 200 or 304.</summary>
    [Function("Docs_Document")]
    public IResult Document([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = DocumentRoutes.Document)] HttpRequest request) => new AssetReply(assets.Document, isVersioned: false);

    /// <summary>The page: 200 or 304.</summary>
    [Function("Docs_Page")]
    public IResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = DocumentRoutes.Page)] HttpRequest request) => new AssetReply(assets.Page, isVersioned: false);

    /// <summary>What starts the page's program: 200 or 304.</summary>
    [Function("Docs_Start")]
    public IResult Start([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = DocumentRoutes.Start)] HttpRequest request) => Versioned(request, assets.Start);

    /// <summary>The page's program: 200 or 304.</summary>
    [Function("Docs_Script")]
    public IResult Script([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = DocumentRoutes.Script)] HttpRequest request) => Versioned(request, assets.Script);

    // While instances of two versions serve, one may be asked for the other's file: such an answer must not be kept for long.
    private static AssetReply Versioned(HttpRequest request, Asset asset) => new(asset, isVersioned: string.Equals(request.Query["v"], asset.Version, StringComparison.Ordinal));
}
