using System.Globalization;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Identities;
using Murano.Shared.State;

namespace Murano.Functions.ManagementApi;

/// <summary>
/// The parameters of the list of identities (specification b.4): <c>limit</c>; <c>order</c>, <c>lastseen</c> or <c>identity</c>; <c>cursor</c> from the page
/// before, or <c>before</c>, a time; the fields of <see cref="IdentityFilterFields"/>, and the same in one line as <c>q</c>; <c>tags</c>, <c>true</c> for devices
/// with their tags; <c>state</c>, aliases with commas between for devices with these values (<c>\,</c> is a comma of an alias).
/// </summary>
internal static class IdentityListQuery
{
    private const string True = "true";

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

        if (Text("tags") is { } tags)
        {
            if (tags is not (True or "false"))
            {
                return Bad("tags must be true or false.");
            }

            query = query with { WithTags = string.Equals(tags, True, StringComparison.Ordinal) };
        }

        var aliases = parameters["state"].SelectMany(text => Aliases(text ?? "")).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal).ToList();
        if (aliases.Count > IdentityQuery.MaxAliases)
        {
            return Bad(FormattableString.Invariant($"state must be at most {IdentityQuery.MaxAliases} aliases."));
        }

        // What cannot be an alias is none of any device.
        query = query with { WithState = aliases.Count == 0 ? [] : [.. aliases.Select(text => Alias.TryParse(text, out var alias) ? alias : (Alias?)null).OfType<Alias>()] };
        return Filter(parameters).TryGet(out var filter, out var failure) ? query with { Filter = filter } : failure;

        string? Text(string name) => Last(parameters, name);
    }

    private static Outcome<IdentityFilter> Filter(IQueryCollection parameters)
    {
        var fields = new IdentityFilterFields();
        foreach (var name in IdentityFilterFields.Names)
        {
            foreach (var value in string.Equals(name, IdentityFilterFields.TagField, StringComparison.Ordinal) ? parameters[name].OfType<string>() : [Last(parameters, name) ?? ""])
            {
                if (value.Length > 0 && fields.Add(name, value) is { } problem)
                {
                    return problem;
                }
            }
        }

        return Last(parameters, "q") is { } line && FilterText.Add(line, fields) is { } refused ? refused : fields.Filter;
    }

    private static string? Last(IQueryCollection parameters, string name) => parameters[name].LastOrDefault() is { Length: > 0 } text ? text : null;

    private static IEnumerable<string> Aliases(string text) => text.Replace(@"\,", "\0", StringComparison.Ordinal).Split(',').Select(alias => alias.Replace('\0', ','));

    private static Failure.Rejected Bad(string detail) => new("bad-parameter", "", detail);
}
