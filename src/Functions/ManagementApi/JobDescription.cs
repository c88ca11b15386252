using Murano.Functions.Documentation;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="JobFunctions"/>.</summary>
internal static class JobDescription
{
    private const string Example =
        """{"id":"00000000000000000000000000000000","kind":"lock","status":"done","dryRun":false,"by":"admin","byId":"key000000000","created":1500000000000000,"ended":1500000001000000,"total":2,"processed":2,"changed":1,"unchanged":1,"failed":0}""";

    private static readonly Shape Kind = Shape.Word("What is done with each identity.", [.. JobJson.KindNames]);

    private static readonly Shape Job = Shape.Object(
        ("id", Shape.Text("Names the job.")),
        ("kind", Kind),
        ("status", Shape.Word("Where it stands.", "running", "done", "cancelled")),
        ("dryRun", Shape.Flag("Whether it only tells what it would do.")),
        ("by", Shape.Text("Name of whoever started it. Two may have the same.")),
        ("byId", Shape.Text("Their id, as `key` of the audit log; empty for a job of an earlier version.")),
        ("created", Shape.Micros("When it was started")),
        ("ended", Shape.Micros("When it ended; 0 = it goes on")),
        ("total", Shape.Whole("Rows that it has.")),
        ("processed", Shape.Whole("Rows that have a result.")),
        ("changed", Shape.Whole("Rows that were changed.")),
        ("unchanged", Shape.Whole("Rows that were as asked.")),
        ("failed", Shape.Whole("Rows that were not done."))).Named("Job");

    private static readonly Shape Tags = Shape.Map(Shape.Any, "Values by name.");

    private static readonly Shape Row = Shape.Object(
        [("identity", Shape.Text("The identity.")), .. IdentityDescription.ChangeFields, ("tags?", Tags)]).Named("JobRow");

    private static readonly Shape Request = Shape.Object(
        ("kind", Kind),
        ("rows?", Shape.List(Row, "Of an import: the identities. Certificates may come along, tokens and passwords not.")),
        ("identities?", Shape.List(Shape.Text(), "Of anything else: the identities, by name.")),
        ("filter?", Shape.Map(Shape.Any, "In their place: the fields of the list of identities, and `q`; an empty one for all.")),
        ("tags?", Shape.Any),
        ("replace?", Shape.Flag("Of `tag`: whether the previous values of the names go.")),
        ("remove?", Shape.Any),
        ("state?", Shape.Map(Shape.Any, "Of `state`: the values.")),
        ("dryRun?", Shape.Flag("Tells what would be done, and does nothing.")),
        ("preview?", Shape.Flag("Starts nothing, and tells which identities are meant."))).Named("JobRequest");

    private static readonly ReplyDescription Preview = ReplyDescription.Json(
        "The job; with `preview` how many identities are meant, and the first hundred.",
        Shape.Any,
        Example,
        """{"total":1,"identities":["pump-1"]}""");

    /// <summary>Work on many identities.</summary>
    public static ApiSection Section { get; } = new(
        "Jobs",
        ApiKind.Management,
        "Work on up to 10,000 identities with a result for each. A job goes on by itself; asking for it advances it. Jobs that ended 30 days ago are removed.",
        new RouteDescription("Management_Job_Post", Caller.Operator, "Starts a job")
        {
            Detail = "The table of an import has the first line `ID`, then in any order `SSL Client Certificate`, `locked`, `auth`, `expire` and `tag:name` columns; empty fields leave things as they are. A row that cannot be has a result like every other. The same import again changes nothing.",
            Body =
            [
                ContentDescription.Json(Request, """{"kind":"lock","filter":{"q":"tag:site=berlin"}}""", """{"kind":"import","rows":[{"identity":"pump-1","tags":{"site":["berlin"]}}],"dryRun":true}"""),
                new ContentDescription(
                    ContentDescription.PartsType,
                    Shape.Object(("identities", Shape.Text("The table.")), ("expire?", Shape.Text("When the windows for activation end, in microseconds.")), ("dryRun?", Shape.Text("`true` or `false`."))),
                    """{"identities":"ID,tag:site\npump-1,berlin\n","dryRun":"true"}"""),
            ],
            Replies = [Preview],
        },
        new RouteDescription("Management_Job_List", Caller.Viewer, "Lists the jobs, the newest first")
        {
            Replies = [ReplyDescription.Json("The jobs.", Shape.Object(("jobs", Shape.List(Job))), $$"""{"jobs":[{{Example}}]}""")],
        },
        new RouteDescription("Management_Job_Get", Caller.Viewer, "Says where a job stands, and advances it")
        {
            Replies = [ReplyDescription.Json("The job.", Job, Example)],
        },
        new RouteDescription("Management_Job_Results", Caller.Viewer, "What became of a job's rows")
        {
            Detail = "As a table all come at once: of an export in the shape that an import takes, of other jobs with the columns `ID`, `result`, `reason` and `message`.",
            Parameters = [ParameterDescription.Query("cursor", "From the page before."), ParameterDescription.Query("format", "`csv` for a table; `json` where it is missing.")],
            Replies =
            [
                new ReplyDescription(
                    200,
                    "A page, in order of the rows; or the table.",
                    ContentDescription.Json(
                        Shape.Object(
                            ("results", Shape.List(Shape.Object(
                                ("identity", Shape.Text("The identity as it was written.")),
                                ("result", Shape.Word("What became of it.", "changed", "unchanged", "failed")),
                                ("reason?", Shape.Text("Why it was not done.")),
                                ("message?", Shape.Text("The same as a sentence.")),
                                ("row?", Row)).Named("JobResult"))),
                            ("cursor?", Shape.Text("Leads to the next page."))),
                        """{"results":[{"identity":"pump-1","result":"changed"},{"identity":"","result":"failed","reason":"bad-identity","message":"This cannot be an identity."}]}"""),
                    new ContentDescription(
                        ContentDescription.CsvType,
                        Shape.Text("The table."),
                        "ID,locked,auth,expire,tag:site\r\npump-1,false,token,,berlin\r\n",
                        "ID,result,reason,message\r\npump-1,changed,,\r\n")),
            ],
        },
        new RouteDescription("Management_Job_Delete", Caller.Operator, "Cancels a job that goes on, or removes one that has ended")
        {
            Detail = "What a cancelled job has done stays done.",
            Replies = [ReplyDescription.Empty("Cancelled, or removed.")],
        });
}
