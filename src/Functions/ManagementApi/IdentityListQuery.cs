using System.Globalization;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// The parameters of the list of identities (specification b.4): <c>limit</c>; <c>order</c>, <c>lastseen</c> or <c>identity</c>; <c>cursor</c> from the page
/// before, or <c>before</c>, a time; the fields of <see cref="IdentityFilterFields"/>, and the same in one line as <c>q</c>.
/// </summary>
internal static class IdentityListQuery
{
    // Times of the command line are in milliseconds, those of the API in microseconds. Milliseconds reach this number in the year 5138, microseconds did in 1973.
    private const long FirstMicros = 100_000_000_000_000;

    /// <summary>Reads the parameters; an empty one counts as absent.</summary>
    /// <returns>The query; Rejected for a parameter that cannot be.</returns>
    public static Outcome<IdentityQuery> Parse(IQueryCollection parameters)
    {
        var query = new IdentityQuery { Cursor = Text("cursor") };
        if (Text("limit") is { } limit)
        {
            if (!int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var rows) || rows < 1)
            {
                return Bad("limit must be a whole number from 1.");
            }

            query = query with { Limit = Math.Min(rows, IdentityQuery.MaxLimit) };
        }

        if (Text("before") is { } before)
        {
            if (!decimal.TryParse(before, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var time) || time > long.MaxValue / 1000)
            {
                return Bad("before must be a time as a number.");
            }

            query = query with { Before = (long)(time < FirstMicros ? time * 1000 : time) };
        }

        if (Text("order") is { } order)
        {
            if (order is not ("lastseen" or "identity"))
            {
                return Bad("order must be lastseen or identity.");
            }

            query = query with { Order = string.Equals(order, "identity", StringComparison.Ordinal) ? IdentityOrder.Identity : IdentityOrder.LastSeen };
        }

        // Refused rather than ignored: a caller would act on the wrong devices.
        if (Text("version") is not null)
        {
            return new Failure.Rejected("filter-not-supported", "", "Devices do not tell their version here: the list cannot be filtered by it.");
        }

        var fields = new IdentityFilterFields();
        foreach (var name in IdentityFilterFields.Names)
        {
            if (Text(name) is { } value && fields.Add(name, value) is { } problem)
            {
                return problem;
            }
        }

        return Text("q") is { } line && FilterText.Add(line, fields) is { } refused ? refused : query with { Filter = fields.Filter };

        string? Text(string name) => parameters[name].LastOrDefault() is { Length: > 0 } text ? text : null;
    }

    private static Failure.Rejected Bad(string detail) => new("bad-parameter", "", detail);
}
