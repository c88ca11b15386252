using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Tags;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// Makes a filter of fields by name, as parameters and search lines give them. Each may come once; a caller who asks twice would act on the wrong devices. Only
/// <see cref="TagField"/> may come more often: all that is asked of the tags must hold.
/// </summary>
internal sealed class IdentityFilterFields
{
    /// <summary>The field with what is asked of the tags, as <see cref="TagTerm"/> reads it.</summary>
    public const string TagField = "tag";

    private static readonly Dictionary<string, Func<IdentityFilter, string, Outcome<IdentityFilter>>> Known = new(StringComparer.Ordinal)
    {
        ["status"] = WithStatus,
        ["locked"] = Flag("locked", static (filter, value) => filter with { Locked = value }),
        ["devmode"] = Flag("devmode", static (filter, value) => filter with { DevMode = value }),
        ["reprovision"] = Flag("reprovision", static (filter, value) => filter with { Reprovision = value }),
        ["online"] = Flag("online", static (filter, value) => filter with { Online = value }),
        ["auth"] = static (filter, value) => AuthTypeNames.Read(value) is { } type ? filter with { AuthType = type } : Bad("auth must be token, password or certificate."),
        ["identity"] = Pattern("identity", static (filter, value) => filter with { Identity = value }),
        [TagField] = WithTag,
        ["ip"] = Pattern("ip", static (filter, value) => filter with { Address = value }),
    };

    // Murano's own spelling, and what people type.
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.Ordinal) { ["ipaddress"] = "ip", ["id"] = "identity" };

    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    /// <summary>All names.</summary>
    public static IEnumerable<string> Names => Known.Keys.Concat(Synonyms.Keys);

    /// <summary>The filter so far.</summary>
    public IdentityFilter Filter { get; private set; } = new();

    /// <summary>Whether there is a field of this name.</summary>
    public static bool Knows(string name) => Known.ContainsKey(name) || Synonyms.ContainsKey(name);

    /// <summary>Adds a field of a known name.</summary>
    /// <returns>Null; or Rejected for a value that it cannot have, and for one that was given before.</returns>
    public Failure? Add(string name, string value)
    {
        var field = Synonyms.GetValueOrDefault(name, name);
        if (!_given.Add(field) && !string.Equals(field, TagField, StringComparison.Ordinal))
        {
            return Bad($"{name} was given twice.");
        }

        if (!Known[field](Filter, value).TryGet(out var filter, out var failure))
        {
            return failure;
        }

        Filter = filter;
        return null;
    }

    private static Outcome<IdentityFilter> WithStatus(IdentityFilter filter, string status) => status switch
    {
        "whitelisted" => filter with { Status = DeviceStatus.Whitelisted },
        "provisioned" => filter with { Status = DeviceStatus.Provisioned },
        "expired" => filter with { Status = DeviceStatus.Expired },
        "locked" => filter with { Locked = true },
        "devmode" => filter with { DevMode = true },
        "reprovision" => filter with { Reprovision = true },
        _ => Bad("status must be whitelisted, provisioned, expired, locked, devmode or reprovision."),
    };

    private static Outcome<IdentityFilter> WithTag(IdentityFilter filter, string text)
    {
        if (!TagTerm.TryRead(text, out var condition))
        {
            return Bad($"tag must be name, name=value or name=beginning*, or {{\"name\",\"value\"}} as JSON. {TagTerm.Escapes}");
        }

        var tags = filter.Tags.And(condition);
        return tags.Conditions.Count <= TagFilter.MaxConditions ? filter with { Tags = tags } : Bad(FormattableString.Invariant($"tag may come at most {TagFilter.MaxConditions} times."));
    }

    private static Func<IdentityFilter, string, Outcome<IdentityFilter>> Flag(string name, Func<IdentityFilter, bool, IdentityFilter> with) => (filter, value) => value switch
    {
        "yes" or "true" => with(filter, true),
        "no" or "false" => with(filter, false),
        _ => Bad($"{name} must be yes or no."),
    };

    private static Func<IdentityFilter, string, Outcome<IdentityFilter>> Pattern(string name, Func<IdentityFilter, TextPattern, IdentityFilter> with) => (filter, value) =>
        TextPattern.TryParse(value, out var pattern) ? with(filter, pattern) : Bad($"{name} must be a text with * and ?, or a regular expression, of at most {TextPattern.MaxLength} characters.");

    private static Failure.Rejected Bad(string detail) => new("bad-parameter", "", detail);
}
