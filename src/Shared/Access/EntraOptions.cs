using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Murano.Shared.Access;

/// <summary>The Entra ID tenant whose people and programs are let in as operators by their app roles. Without one, API keys are the only way in.</summary>
public sealed class EntraOptions : IValidatableObject
{
    private const string One = "[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}";
    private const string Id = $"^({One})?$";
    private const string Ids = $"^({One}( *, *{One})*)?$";
    private const string OwnUri = "api://";
    private const string Access = "access";
    private const string AllConsented = ".default";

    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Entra";

    /// <summary>The tenant's id, a GUID; empty = nobody is let in by Entra ID.</summary>
    [RegularExpression(Id, ErrorMessage = "Entra:TenantId must be empty or a GUID.")]
    public string TenantId { get; set; } = "";

    /// <summary>Application id of the API in that tenant, a GUID. Needed with <see cref="TenantId"/>.</summary>
    [RegularExpression(Id, ErrorMessage = "Entra:ClientId must be empty or a GUID.")]
    public string ClientId { get; set; } = "";

    /// <summary>Application id of the management page, a GUID; empty = <see cref="ClientId"/>.</summary>
    [RegularExpression(Id, ErrorMessage = "Entra:ConsoleClientId must be empty or a GUID.")]
    public string ConsoleClientId { get; set; } = "";

    /// <summary>Application ids, with commas between, by which people may come besides the management page: Azure's command line, or a tool of one's own. Programs that act for themselves need none, but a role.</summary>
    [RegularExpression(Ids, ErrorMessage = "Entra:AllowedClients must be empty, or GUIDs with commas between.")]
    public string AllowedClients { get; set; } = "";

    /// <summary>Where the tenant's people sign in, with scheme. Plain http only on the machine itself, for tests.</summary>
    [RegularExpression("^https?://[^/?#@\\s]+/?$", ErrorMessage = "Entra:Instance must be https:// and a host name.")]
    public string Instance { get; set; } = "https://login.microsoftonline.com/";

    /// <summary>The scope that the management page asks for, <c>{application id URI}/{name}</c>; empty = <c>api://{ClientId}/access</c>. A person's token has to carry its last part, and <c>access</c> where that is <c>.default</c>.</summary>
    [RegularExpression("^([^\\s]+/[^\\s/]+)?$", ErrorMessage = "Entra:Scope must be empty, or one scope such as api://name/access.")]
    public string Scope { get; set; } = "";

    /// <summary>Whether operators are let in by Entra ID.</summary>
    public bool IsOn => TenantId.Length > 0;

    /// <summary>The address that names the tenant, without a slash at its end: issuer of its tokens of version 2.0.</summary>
    public string Authority => $"{Instance.TrimEnd('/')}/{TenantId.ToLowerInvariant()}/v2.0";

    /// <summary>Application id as which the management page signs in.</summary>
    public string PageClientId => ConsoleClientId.Length > 0 ? ConsoleClientId : ClientId;

    /// <summary>The scope that the management page asks for.</summary>
    public string PageScope => Scope.Length > 0 ? Scope : $"{OwnUri}{ClientId.ToLowerInvariant()}/{Access}";

    /// <summary>What a person's token has to carry in its claim <c>scp</c>. To ask for <c>.default</c> is to ask for all that was consented to, and no token carries that word.</summary>
    public string NeededScope => PageScope[(PageScope.LastIndexOf('/') + 1)..] is var name && string.Equals(name, AllConsented, StringComparison.Ordinal) ? Access : name;

    /// <summary>Whom tokens are for: those of version 2.0 name the API's application id, those of version 1.0 the URI by which it was asked for.</summary>
    public IReadOnlyList<string> Audiences => [.. new[] { ClientId, OwnUri + ClientId, PageScope[..PageScope.LastIndexOf('/')] }.Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The applications by which people may come.</summary>
    public IReadOnlyList<string> Clients => [PageClientId, .. AllowedClients.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && ClientId.Length == 0)
        {
            yield return new ValidationResult("Entra:ClientId is needed with Entra:TenantId.", [nameof(ClientId)]);
        }

        if (IsOn && Guid.TryParse(ClientId, out var own) && Scope.LastIndexOf('/') is > 0 and var end && WhyNotScope(Scope[..end], own) is { } why)
        {
            yield return new ValidationResult(why, [nameof(Scope)]);
        }

        // Whoever can change what is answered there decides who is an admin here.
        if (!Uri.TryCreate(Instance, UriKind.Absolute, out var instance) || (!IsSecret(instance) && !IsThisMachine(instance)))
        {
            yield return new ValidationResult("Entra:Instance must be https; plain http is for localhost and 127.0.0.1 only.", [nameof(Instance)]);
        }
    }

    // A scope of something else, such as Microsoft Graph's, would bring tokens that are for somebody else, and nobody could come in.
    private static string? WhyNotScope(string api, Guid own) =>
        Guid.TryParseExact(api.StartsWith(OwnUri, StringComparison.OrdinalIgnoreCase) ? api[OwnUri.Length..] : api, "D", out var named)
            ? named == own ? null : "Entra:Scope names another application than Entra:ClientId."
        : !Uri.TryCreate(api, UriKind.Absolute, out var uri) ? "Entra:Scope must begin with the API's application id URI, or its application id."
        : string.Equals(uri.IdnHost, "graph.microsoft.com", StringComparison.OrdinalIgnoreCase) ? "Entra:Scope must be a scope of this API, not of Microsoft Graph."
        : null;

    /// <summary>Whether what goes to an address is seen by nobody else.</summary>
    internal static bool IsSecret(Uri address) => string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);

    /// <summary>Whether an address is on the machine itself, where nobody sits in between.</summary>
    internal static bool IsThisMachine(Uri address) =>
        string.Equals(address.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}
