namespace Murano.Functions.Documentation;

/// <summary>Where the description of the APIs is found.</summary>
internal static class DocumentRoutes
{
    /// <summary>The OpenAPI document.</summary>
    public const string Document = "openapi.json";

    /// <summary>The page.</summary>
    public const string Page = "docs";

    /// <summary>Starts the page's program.</summary>
    public const string Start = Page + "/start.js";

    /// <summary>The page's program.</summary>
    public const string Script = Page + "/scalar.js";
}
