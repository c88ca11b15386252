using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Murano.Shared.Access;

/// <summary>The Entra ID tenant whose people and programs are let in as operators by their app roles. Without one, API keys are the only way in.</summary>
public sealed class EntraOptions : IValidatableObject
{
    private const string Id = "^([0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})?$";

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

    /// <summary>Where the tenant's people sign in, with scheme. Plain http only on the machine itself, for tests.</summary>
    [RegularExpression("^https?://[^/?#@\\s]+/?$", ErrorMessage = "Entra:Instance must be https:// and a host name.")]
    public string Instance { get; set; } = "https://login.microsoftonline.com/";

    /// <summary>The scope that the management page asks for, <c>{application id URI}/{name}</c>; empty = <c>api://{ClientId}/access</c>. A person's token has to carry its last part.</summary>
    [RegularExpression("^([^\\s]+/[^\\s/]+)?$", ErrorMessage = "Entra:Scope must be empty, or such as api://name/access.")]
    public string Scope { get; set; } = "";

    /// <summary>Whether operators are let in by Entra ID.</summary>
    public bool IsOn => TenantId.Length > 0;

    /// <summary>The address that names the tenant, without a slash at its end: issuer of its tokens of version 2.0.</summary>
    public string Authority => $"{Instance.TrimEnd('/')}/{TenantId.ToLowerInvariant()}/v2.0";

    /// <summary>Application id as which the management page signs in.</summary>
    public string PageClientId => ConsoleClientId.Length > 0 ? ConsoleClientId : ClientId;

    /// <summary>The scope that the management page asks for.</summary>
    public string PageScope => Scope.Length > 0 ? Scope : $"api://{ClientId}/access";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsOn && ClientId.Length == 0)
        {
            yield return new ValidationResult("Entra:ClientId is needed with Entra:TenantId.", [nameof(ClientId)]);
        }

        // Whoever can change what is answered there decides who is an admin here.
        if (!Uri.TryCreate(Instance, UriKind.Absolute, out var instance) || (!IsSecret(instance) && !IsThisMachine(instance)))
        {
            yield return new ValidationResult("Entra:Instance must be https; plain http is for localhost and 127.0.0.1 only.", [nameof(Instance)]);
        }
    }

    /// <summary>Whether what goes to an address is seen by nobody else.</summary>
    internal static bool IsSecret(Uri address) => string.Equals(address.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);

    /// <summary>Whether an address is on the machine itself, where nobody sits in between.</summary>
    internal static bool IsThisMachine(Uri address) =>
        string.Equals(address.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
}
