using System.Globalization;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Murano.Shared.Access;

/// <summary>What the claims of a token say whose signature, issuer and audience hold.</summary>
internal sealed class EntraTokenRules(EntraOptions options)
{
    /// <summary>How far clocks may be apart.</summary>
    internal static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);

    private const int LongestName = 128;
    private const string App = "app";

    private static readonly Failure Expired = new Failure.Unauthorized("expired-key", "The access token has expired.");
    private static readonly Failure NoRole = new Failure.Forbidden("no-role", "The account has none of the app roles viewer, operator and admin.");

    private readonly string _scope = options.NeededScope;
    private readonly IReadOnlyList<string> _clients = options.Clients;

    /// <summary>The operator whose token it is.</summary>
    /// <param name="token">The token.</param>
    /// <param name="now">The time.</param>
    /// <param name="why">What is wrong with it, a word for the log of this program; null when nothing is, or what is wrong may be told.</param>
    /// <returns>The session; Unauthorized for a token that has ended, or is not for this; Forbidden without a role.</returns>
    public Outcome<OperatorSession> Judge(JsonWebToken token, DateTimeOffset now, out string? why)
    {
        var hasPerson = Guid.TryParse(Text(token, "oid"), out var person);
        why = !string.Equals(Text(token, "tid"), options.TenantId, StringComparison.OrdinalIgnoreCase) ? "tid"

            // An ID token names nobody who got it for this API; it is for the page alone.
            : (Text(token, "azp") ?? Text(token, "appid")) is not { } client ? "no client"
            : !hasPerson ? "oid"
            : !IsForThis(token) ? "scp"

            // Any application of the tenant can be made to ask for a token in the name of whoever uses it. What a program may do for itself, an admin decided by its role.
            : IsPersons(token) && !_clients.Contains(client, StringComparer.OrdinalIgnoreCase) ? "client"
            : token.ValidTo == DateTime.MinValue ? "no end"
            : token.ValidFrom > (now + Skew).UtcDateTime ? "not yet"
            : null;
        if (why is not null)
        {
            return OperatorAccess.Unknown;
        }

        var end = new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + Skew;
        return end <= now ? Expired
            : RoleOf(token) is { } role ? new OperatorSession(OperatorId.OfEntra(person), NameOf(token, person), role, end.ToUnixMicros())
            : NoRole;
    }

    private static bool IsPersons(JsonWebToken token) => Text(token, "scp") is not null;

    // A person lets the page act for them, within the scope. A program acts for itself: it has roles and no scope, and its subject is itself.
    private bool IsForThis(JsonWebToken token) => Text(token, "scp") is { } scopes
        ? scopes.Split(' ').Contains(_scope, StringComparer.Ordinal)
        : Text(token, "idtyp") is { } kind ? string.Equals(kind, App, StringComparison.Ordinal)
        : string.Equals(Text(token, "oid"), token.Subject, StringComparison.OrdinalIgnoreCase);

    private static OperatorRole? RoleOf(JsonWebToken token) => token.Claims
        .Where(claim => string.Equals(claim.Type, "roles", StringComparison.Ordinal))
        .Max(claim => claim.Value.ToUpperInvariant() switch
        {
            "ADMIN" => OperatorRole.Admin,
            "OPERATOR" => OperatorRole.Operator,
            "VIEWER" => OperatorRole.Viewer,
            _ => default(OperatorRole?),
        });

    // A name is for people to read. Who it is, the object id says.
    private static string NameOf(JsonWebToken token, Guid person) => ((string[])["preferred_username", "upn", "unique_name", "name", "app_displayname", "azp", "appid"])
        .Select(claim => Clean(Text(token, claim) ?? ""))
        .FirstOrDefault(name => name.Length > 0) ?? person.ToString("D");

    /// <summary>A name as logs and tables may hold it: on one line, with nothing that cannot be seen, and not too long.</summary>
    internal static string Clean(string name)
    {
        var clean = new StringBuilder();
        foreach (var rune in name.EnumerateRunes())
        {
            if (clean.Length + rune.Utf16SequenceLength > LongestName)
            {
                break;
            }

            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate))
            {
                clean.Append(rune.ToString());
            }
        }

        return clean.ToString().Trim();
    }

    private static string? Text(JsonWebToken token, string claim) => token.TryGetPayloadValue<string>(claim, out var text) && text is { Length: > 0 } ? text : null;
}
