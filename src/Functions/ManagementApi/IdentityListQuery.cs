using System.Globalization;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// The parameters of the list of identities (specification b.4). The list is in order of identities, so <c>before</c>, a time, chooses nothing yet;
/// <c>after</c>, the last identity of a page, leads to the next. Patterns are refused rather than ignored: a caller would act on the wrong devices.
/// </summary>
internal static class IdentityListQuery
{
    private static readonly string[] Patterns = ["identity", "ipaddress", "version"];

    /// <summary>Reads the parameters; an empty one counts as absent.</summary>
    /// <returns>The query; Rejected for a parameter that cannot be.</returns>
    public static Outcome<IdentityQuery> Parse(IQueryCollection parameters)
    {
        var query = new IdentityQuery();
        if (Text("limit") is { } limit)
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) || rows < 1)
            {
                return Bad("limit must be a whole number from 1.");
            }

            query = query with { Limit = Math.Min(rows, IdentityQuery.MaxLimit) };
        }

        if (Text("before") is { } before && !decimal.TryParse(before, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
        {
            return Bad("before must be a time as a number.");
        }

        if (Text("after") is { } after)
        {
            if (!IdentityId.TryParse(after, out var identity))
            {
                return Bad("after must be an identity.");
            }

            query = query with { After = identity };
        }

        foreach (var pattern in Patterns)
        {
            if (Text(pattern) is not null)
            {
                return new Failure.Rejected("filter-not-supported", "", $"The list cannot be filtered by {pattern}.");
            }
        }

        return Text("status") is { } status ? WithStatus(query, status) : query;

        string? Text(string name) => parameters[name].LastOrDefault() is { Length: > 0 } text ? text : null;
    }

    private static Outcome<IdentityQuery> WithStatus(IdentityQuery query, string status) => status switch
    {
        "whitelisted" => query with { Status = DeviceStatus.Whitelisted },
        "provisioned" => query with { Status = DeviceStatus.Provisioned },
        "expired" => query with { Status = DeviceStatus.Expired },
        "locked" => query with { Locked = true },
        "devmode" => query with { DevMode = true },
        "reprovision" => query with { Reprovision = true },
        _ => Bad("status must be whitelisted, provisioned, expired, locked, devmode or reprovision."),
    };

    private static Failure.Rejected Bad(string detail) => new("bad-parameter", "", detail);
}
