using Microsoft.Extensions.Options;
using Murano.Functions.Realtime;
using Murano.Shared.Access;

namespace Murano.Functions.Console;

/// <summary>What a browser lets the page do: load files of this host, and talk to this host, to the service that carries the live log, and to the one that signs people in.</summary>
public sealed class ConsolePolicy(IOptions<WebPubSubOptions> webPubSub, IOptions<EntraOptions> entra)
{
    /// <summary>The policy of files that the page loads. It counts only for one that is looked at by itself, which may do nothing.</summary>
    internal const string OfFiles = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private readonly Lazy<string> _hosts = new(() => string.Concat(Hosts(webPubSub.Value, entra.Value).Select(host => " " + host)));

    /// <summary>The policy of the page.</summary>
    /// <param name="nonce">What its styles are marked with; another one for each reply.</param>
    internal string With(string nonce) =>
        $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'{_hosts.Value}; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static IEnumerable<string> Hosts(WebPubSubOptions webPubSub, EntraOptions entra)
    {
        if (webPubSub.Address is { } service)
        {
            // Browsers hear the live log over a WebSocket.
            yield return $"{(service.Scheme is "http" ? "ws" : "wss")}://{service.Authority}";
        }

        if (entra.IsOn)
        {
            yield return new Uri(entra.Authority).GetLeftPart(UriPartial.Authority);
        }
    }
}
