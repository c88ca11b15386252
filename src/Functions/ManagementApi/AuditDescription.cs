using Murano.Functions.Documentation;
using Murano.Shared.Access;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="AuditFunctions"/>.</summary>
internal static class AuditDescription
{
    private static readonly Shape Entry = Shape.Object(
        ("timestamp", Shape.Micros("When")),
        ("key", Shape.Text("Id of the key; of an operator of Entra ID `entra-` and the object id.")),
        ("name", Shape.Text("Name of the key, or of the account at that time.")),
        ("action", Shape.Text("The operation, as it is named here.")),
        ("method", Shape.Text()),
        ("target", Shape.Text("The address.")),
        ("connector", Shape.Text("Id of the connector; empty when it was about none.")),
        ("status", Shape.Whole("The HTTP status.")),
        ("address", Shape.Text("From where.")),
        ("traceId", Shape.Text("Finds the request in the log."))).Named("AuditEntry");

    /// <summary>What operators did.</summary>
    public static ApiSection Section { get; } = new(
        "Audit",
        ApiKind.Management,
        "Each change that an operator made: who, what, when, from where.",
        new RouteDescription("Management_Audit_List", Caller.Admin, "Lists changes, newest first")
        {
            Parameters =
            [
                ParameterDescription.Query("from", "The earliest time.", Shape.Micros("The time")),
                ParameterDescription.Query("to", "The latest time.", Shape.Micros("The time")),
                ParameterDescription.Query("limit", "How many at most.", Shape.Whole("", 1), AuditQuery.MaxLimit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                ParameterDescription.Query("cursor", "From the page before."),
                ParameterDescription.Query("connector", "Of this connector only."),
            ],
            Replies =
            [
                ReplyDescription.Json(
                    "A page.",
                    Shape.Object(("items", Shape.List(Entry)), ("cursor", Shape.Text("Leads to the next page; null on the last.").OrNull())).Named("AuditPage"),
                    """{"items":[{"timestamp":1500000000000000,"key":"abcdefghijkl","name":"ann","action":"Management_Identity_Patch","method":"PATCH","target":"/api:1/service/u1rnqm3kgg2u80000/device2/identity/my-device","connector":"u1rnqm3kgg2u80000","status":204,"address":"203.0.113.7","traceId":"00000000000000000000000000000000"}],"cursor":null}"""),
            ],
        });
}
