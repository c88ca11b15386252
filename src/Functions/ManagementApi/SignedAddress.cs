using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Content;

namespace Murano.Functions.ManagementApi;

/// <summary>Writes tickets as addresses and reads them back. What was announced of an upload is not in the address but in the inputs of its form.</summary>
public sealed class SignedAddress(IOptions<AccessOptions> options)
{
    private const string Expires = "expires";
    private const string Key = "key";
    private const string Signature = "signature";

    private readonly string _base = options.Value.PublicUrl.TrimEnd('/');

    /// <summary>The address of a ticket: at the host that <paramref name="request"/> came by, unless the settings name another one.</summary>
    internal string Of(HttpRequest request, ContentTicket ticket, string signature)
    {
        var start = _base.Length > 0 ? _base : $"https://{request.Host.ToUriComponent()}";
        var path = ManagementRoutes.ContentSigned
            .Replace("{connector}", ticket.Connector.Value, StringComparison.Ordinal)
            .Replace("{id}", Uri.EscapeDataString(ticket.Id.Value), StringComparison.Ordinal);
        return string.Create(CultureInfo.InvariantCulture, $"{start}/{path}?{Expires}={ticket.Expires}&{Key}={ticket.Operator}&{Signature}={signature}");
    }

    /// <summary>The ticket that an address claims to be, without what is announced of an upload; whether it holds, only the signer can tell.</summary>
    internal static bool TryRead(HttpRequest request, string connector, string id, bool isUpload, [NotNullWhen(true)] out ContentTicket? ticket, out string signature)
    {
        ticket = null;
        signature = Text(Signature);
        if (ConnectorId.TryParse(connector, out var owner)
            && ContentId.TryParse(RouteText.Decode(id), out var item)
            && long.TryParse(Text(Expires), NumberStyles.None, CultureInfo.InvariantCulture, out var expires)
            && OperatorId.TryParse(Text(Key), out var key))
        {
            ticket = new ContentTicket { IsUpload = isUpload, Connector = owner, Id = item, Expires = expires, Operator = key };
        }

        return ticket is not null;

        string Text(string name) => request.Query[name].LastOrDefault() ?? "";
    }
}
