using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;

namespace Murano.Shared.Events;

/// <summary>Which addresses events may go to. A name is judged here as it is written; what it resolves to is judged when it is called.</summary>
internal static class DestinationRules
{
    /// <summary>Longest address in characters.</summary>
    public const int MaxUrlLength = 2_000;

    private const string Reason = "bad-url";
    private const string Field = "events.destination.url";
    private const string Hidden = "***";

    // The domains of Event Grid in Azure's clouds. Whoever is called as a topic is shown the key of all topics, or a token for them.
    private static readonly string[] TopicDomains = [".eventgrid.azure.net", ".eventgrid.azure.us", ".eventgrid.azure.cn"];

    // Names that mean this machine or this network wherever they are asked for.
    private static readonly string[] LocalNames = ["localhost", "local", "internal"];

    /// <summary>Why nothing may be sent to an address; null = it may.</summary>
    /// <param name="kind">What is there.</param>
    /// <param name="url">The address.</param>
    /// <param name="allowPrivate"><see cref="EventOptions.AllowPrivateAddresses"/>.</param>
    public static Failure.Rejected? WhyNot(EventDestinationKind kind, string url, bool allowPrivate)
    {
        if (url.Length is 0 or > MaxUrlLength)
        {
            return new(Reason, Field, string.Create(CultureInfo.InvariantCulture, $"{Field} must have 1 to {MaxUrlLength} characters."));
        }

        if (!TryParse(url, out var parsed))
        {
            return new(Reason, Field, $"{Field} must be a whole address, such as https://events.example.com/murano.");
        }

        var plainIsFine = allowPrivate && kind == EventDestinationKind.Webhook && Is(parsed, Uri.UriSchemeHttp);
        return !Is(parsed, Uri.UriSchemeHttps) && !plainIsFine ? new(Reason, Field, $"{Field} must begin with https://.")
            : parsed.UserInfo.Length > 0 ? new(Reason, Field, $"{Field} must not hold a user name or password.")
            : parsed.Fragment.Length > 0 ? new(Reason, Field, $"{Field} must not have a fragment.")
            : string.Equals(parsed.Query, "?" + Hidden, StringComparison.Ordinal) ? new(Reason, Field, $"{Field} has a hidden query: give the whole address.")
            : !allowPrivate && IsPrivate(parsed) ? new(Reason, Field, $"{Field} must be a public address.")
            : !allowPrivate && kind == EventDestinationKind.EventGrid && !IsTopic(parsed) ? new(Reason, Field, $"{Field} must be the endpoint of an Event Grid topic: its host ends in {TopicDomains[0]}.")
            : null;
    }

    /// <summary>An address as it is shown: a query may hold the key of whatever receives the events, so nobody reads it again.</summary>
    public static string Shown(string url)
    {
        var query = url.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? url : string.Concat(url.AsSpan(0, query + 1), Hidden);
    }

    /// <summary>The host of an address, for comparisons; empty where there is none.</summary>
    public static string HostOf(string url) => TryParse(url, out var parsed) ? parsed.IdnHost.ToLowerInvariant() : "";

    // Uri repairs what it can; what it would have to repair is refused, so that all programs read the same address.
    private static bool TryParse(string url, [NotNullWhen(true)] out Uri? parsed)
    {
        parsed = null;
        return !url.AsSpan().ContainsAny('\\', ' ')
            && !url.Any(char.IsControl)
            && url.Contains("://", StringComparison.Ordinal)
            && Uri.TryCreate(url, UriKind.Absolute, out parsed)
            && parsed.HostNameType is UriHostNameType.Dns or UriHostNameType.IPv4 or UriHostNameType.IPv6
            && HasName(parsed);
    }

    // A name with letters that no domain can have is found out only here.
    private static bool HasName(Uri url)
    {
        try
        {
            return url.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    private static bool Is(Uri url, string scheme) => string.Equals(url.Scheme, scheme, StringComparison.Ordinal);

    private static bool IsTopic(Uri url) => url.IsDefaultPort && Array.Exists(TopicDomains, domain => url.IdnHost.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    private static bool IsPrivate(Uri url)
    {
        var host = url.IdnHost.TrimEnd('.');
        return IPAddress.TryParse(host, out var address)
            ? !PublicAddressRules.IsPublic(address)
            : Array.Exists(LocalNames, name => host.Equals(name, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));
    }
}
