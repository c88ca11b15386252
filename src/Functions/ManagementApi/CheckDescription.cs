using Murano.Functions.Documentation;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="CheckFunctions"/>.</summary>
internal static class CheckDescription
{
    private static readonly Shape Difference = Shape.Object(
        ("kind", Shape.Word("What is not as it should be.", "rows", "fence", "delete", "directory", "recency", "tagindex", "credentials", "content", "todo", "connector")),
        ("count", Shape.Whole("How many in this step.")),
        ("examples", Shape.List(Shape.Object(("place", Shape.Text("The row or file.")), ("detail", Shape.Text("What is wrong with it.")))))).Named("CheckDifference");

    private static readonly Shape Report = Shape.Object(
        ("mayLoadMore", Shape.Flag("Whether the check is not at its end.")),
        ("cursor?", Shape.Text("Leads to the next step.")),
        ("checked", Shape.Whole("Rows and files that were looked at in this step.")),
        ("mended", Shape.Flag("Whether what was found was made right.")),
        ("differences", Shape.List(Difference))).Named("CheckReport");

    private static readonly ParameterDescription Mend = ParameterDescription.Query("mend", "`true` makes right what is found.", Shape.Word("", "true", "false"));

    /// <summary>Checks.</summary>
    public static ApiSection Section { get; } = new(
        "Checks",
        ApiKind.Management,
        "Lists, searches and look-ups are made from the devices after each change. A check compares them with the devices; what is under way is passed over. It finds nothing unless somebody else changed the storage.",
        new RouteDescription("Management_Check_Post", Caller.Admin, "Checks a connector")
        {
            Detail = "One step takes some seconds. Ask again with its `cursor` until `mayLoadMore` is false.",
            Parameters = [Mend, ParameterDescription.Query("cursor", "From the step before.")],
            Replies =
            [
                ReplyDescription.Json(
                    "What was found.",
                    Report,
                    """{"mayLoadMore":false,"checked":12,"mended":false,"differences":[{"kind":"directory","count":1,"examples":[{"place":"u1rnqm3kgg2u80000!my-device","detail":"missing"}]}]}"""),
            ],
        },
        new RouteDescription("Management_Check_PostAll", Caller.Admin, "Looks for what is of no connector")
        {
            Detail = "For keys that are for all connectors. It begins anew each time; `mayLoadMore` says that time ran out.",
            Parameters = [Mend],
            Replies = [ReplyDescription.Json("What was found.", Report, """{"mayLoadMore":false,"checked":0,"mended":true,"differences":[]}""")],
        });
}
