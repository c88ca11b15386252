namespace Murano.Functions.ManagementApi;

/// <summary>Text in an address. The host decodes all escapes but <c>%2F</c>, so only that one is left to do, once.</summary>
internal static class RouteText
{
    /// <summary>The text that the caller meant.</summary>
    public static string Decode(string routeValue) => routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
