using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Murano.Shared;
using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>Batches of identities in JSON.</summary>
internal static class IdentityBatchJson
{
    private const string Identities = "identities";

    private static readonly Failure NoList = new Failure.Rejected("bad-json", "", "The body must be a list of identities, or an object with one as identities.");
    private static readonly Failure TooMany = new Failure.TooLarge("too-many-rows", FormattableString.Invariant($"A batch has at most {IdentityBatch.MaxRows} identities."));
    private static readonly Failure NoObject = new Failure.Rejected("bad-json", "", "A row must be an object.");
    private static readonly Failure Twice = new Failure.Conflict("identity-twice", "The identity stands in the batch more than once; the first row counts.");

    /// <summary>Reads a list of objects <c>{"identity", "auth", "locked", "reprovision"}</c>, as it is or as the property <c>identities</c> of an object.</summary>
    /// <returns>A row for each, with its problem when it cannot be one; Rejected for a body that holds no list; TooLarge.</returns>
    public static Outcome<IReadOnlyList<IdentityBatchRow>> Read(JsonElement body)
    {
        var list = body.ValueKind == JsonValueKind.Object && body.TryGetProperty(Identities, out var inner) ? inner : body;
        if (list.ValueKind != JsonValueKind.Array)
        {
            return NoList;
        }

        if (list.GetArrayLength() > IdentityBatch.MaxRows)
        {
            return TooMany;
        }

        HashSet<IdentityId> seen = [];
        return list.EnumerateArray().Select(row => ReadRow(row, seen)).ToList();
    }

    /// <summary>An array of <c>{"identity", "status"}</c>, in order, with <c>reason</c> and <c>message</c> where a row was not done, and <c>changed</c> where that was asked.</summary>
    public static void WriteResults(Utf8JsonWriter json, IReadOnlyList<IdentityBatchRow> rows)
    {
        json.WriteStartArray();
        foreach (var row in rows)
        {
            json.WriteStartObject();
            json.WriteString("identity", row.Name ?? "");
            json.WriteNumber("status", row.Problem is null ? StatusCodes.Status204NoContent : OperatorReply.StatusOf(row.Problem));
            if (row.Changes is { } changes)
            {
                json.WriteBoolean("changed", changes);
            }

            if (row.Problem is { } problem)
            {
                json.WriteString("reason", problem.Reason);
                json.WriteString("message", problem.Detail);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>One refusal for a table of which some rows were not done: the first failure, with how many there are.</summary>
    public static Failure Summary(IReadOnlyList<Failure> failures, int rows)
    {
        var first = failures[0];
        return first with { Detail = FormattableString.Invariant($"{failures.Count} of {rows} identities were not done; sending the table again does them. The first: {first.Detail}") };
    }

    private static IdentityBatchRow ReadRow(JsonElement row, HashSet<IdentityId> seen)
    {
        if (row.ValueKind != JsonValueKind.Object)
        {
            return new(null, null) { Problem = NoObject };
        }

        var name = IdentityChangeJson.ReadIdentity(row);
        if (!IdentityId.TryParse(name, out var identity))
        {
            return new(name, null) { Problem = IdentityFunctions.BadIdentity };
        }

        if (!IdentityChangeJson.Read(row).TryGet(out var change, out var failure))
        {
            return new(name, null) { Problem = failure };
        }

        return seen.Add(identity) ? new(name, new(identity, change)) : new(name, null) { Problem = Twice };
    }
}
