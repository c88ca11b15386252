using Murano.Functions.Documentation;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="IdentityBatchFunctions"/>.</summary>
internal static class IdentityBatchDescription
{
    private const string Batch = """[{"identity":"pump-1"},{"identity":"pump-2","locked":true}]""";
    private const string Done = """[{"identity":"pump-1","status":204},{"identity":"pump-2","status":409,"reason":"identity-exists","message":"The identity exists already."}]""";

    private static readonly ContentDescription Rows = ContentDescription.Json(
        Shape.List(Shape.Object([("identity", Shape.Text("The identity.")), .. IdentityDescription.ChangeFields]).Named("BatchRow"), "The identities, 1,000 at most."), Batch);

    private static readonly ContentDescription Table = new(
        ContentDescription.PartsType,
        Shape.Object(
            ("identities", Shape.Text("CSV with the first line `ID` or `ID, SSL Client Certificate`, then a line for each identity, 10,000 at most; a certificate is quoted PEM.")),
            ("expire?", Shape.Text("When the windows for activation end, in microseconds since the Unix epoch."))),
        """{"identities":"ID\npump-1\npump-2\n"}""");

    private static readonly ReplyDescription Results = ReplyDescription.Json(
        "What became of each row, in order.",
        Shape.List(Shape.Object(
            ("identity", Shape.Text("The identity as it was written.")),
            ("status", Shape.Whole("The code that the row alone would have had.")),
            ("changed?", Shape.Flag("In a dry run, whether the row would change anything.")),
            ("reason?", Shape.Text("Why it was not done.")),
            ("message?", Shape.Text("The same as a sentence."))).Named("BatchResult")),
        Done);

    /// <summary>Many identities in one request.</summary>
    public static ApiSection Section { get; } = new(
        "Many identities",
        ApiKind.Management,
        "Identities by the table and by the list. New ones count as created in the order of their rows.",
        new RouteDescription("Management_IdentityBatch_Post", Caller.Operator, "Makes identities")
        {
            Detail = "From a table, those that exist are changed, and a table with a line that cannot be does nothing at all. From a list, each must be new.",
            Body = [Table, Rows],
            Replies = [ReplyDescription.Empty("The table is done."), Results],
            Refusals = [409],
        },
        new RouteDescription("Management_IdentityBatch_Put", Caller.Operator, "Makes or changes identities")
        {
            Parameters = [ParameterDescription.Query("dryRun", "`true` does nothing and tells what would change: of a token whether the device has another one. Tokens that other devices have are not looked at.", Shape.Word("", "true", "false"))],
            Body = [Rows],
            Replies = [Results],
        });
}
