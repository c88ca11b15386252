using Murano.Functions.Fallback;

namespace Murano.Functions.Console;

/// <summary>Where the management page is found.</summary>
internal static class ConsoleRoutes
{
    /// <summary>What the names of the page's functions begin with.</summary>
    public const string Prefix = "Console_";

    /// <summary>Where the page begins.</summary>
    public const string Home = RouteEntry.Root;

    /// <summary>All of its places; which of them exist is for the page to say.</summary>
    public const string Page = "console/{*path}";

    /// <summary>The files that it loads.</summary>
    public const string Asset = "console/assets/{*file}";

    /// <summary>What it has to know of this installation before anybody has signed in.</summary>
    public const string Config = "console/config.json";
}
