using System.Text.RegularExpressions;

namespace Murano.LocalHost.WebPubSub;

/// <summary>Which names the service takes.</summary>
internal static partial class HubNames
{
    private const int LongestGroup = 1024;

    /// <summary>Whether a hub may be called so.</summary>
    public static bool IsHub(string name) => Hub().IsMatch(name);

    /// <summary>Whether a group may be called so.</summary>
    public static bool IsGroup(string? name) => name is { Length: <= LongestGroup } && !string.IsNullOrWhiteSpace(name);

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_`,.\[\]]{0,127}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hub();
}
