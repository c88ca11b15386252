using Murano.Functions.Documentation;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="TagFunctions"/>.</summary>
internal static class TagDescription
{
    private static readonly Shape Value = Shape.Scalar("A value; numbers and booleans become text.");

    private static readonly Shape Change = Shape.Object(
        ("tags", Shape.AnyOf(
            Shape.List(Shape.Object(("name", Shape.Text("The name.")), ("value", Value))),
            Shape.Map(Shape.AnyOf(Value, Shape.List(Value)), "Values by name."))),
        ("replace?", Shape.Flag("Whether the previous values of these names go."))).Named("TagChange");

    private static readonly IReadOnlyList<ParameterDescription> Paging =
    [
        ParameterDescription.Query("limit", "How many at most.", Shape.Whole("", 1)),
        ParameterDescription.Query("after", "The last of the page before."),
        ParameterDescription.Query("counts", "`false` leaves the counting away, which costs a look at each device.", Shape.Word("", "true", "false")),
    ];

    /// <summary>Tags of an identity.</summary>
    internal static Shape Map { get; } = Shape.Map(Shape.List(Shape.Text()), "The values of each name.").Named("Tags");

    /// <summary>Tags.</summary>
    public static ApiSection Section { get; } = new(
        "Tags",
        ApiKind.Management,
        "Names with one or several values that operators give to devices. Devices neither see nor set them.",
        new RouteDescription("Management_Tag_Get", Caller.Viewer, "Reads the tags of a device")
        {
            Replies = [ReplyDescription.Json("The tags.", Map, """{"site":["berlin"],"users":["ann","bob"]}""")],
        },
        new RouteDescription("Management_Tag_GetName", Caller.Viewer, "Reads the values of one name")
        {
            Replies = [ReplyDescription.Json("The values; none is no error.", Shape.List(Shape.Text()), """["ann","bob"]""")],
        },
        new RouteDescription("Management_Tag_Post", Caller.Operator, "Adds or replaces tags of a device")
        {
            Body = [ContentDescription.Json(Change, """{"tags":[{"name":"site","value":"berlin"}],"replace":true}""", """{"tags":{"users":["ann","bob"]}}""")],
            Replies = [ReplyDescription.Empty("They are as asked.")],
        },
        new RouteDescription("Management_Tag_Delete", Caller.Operator, "Removes a name, or values of it")
        {
            Parameters = [ParameterDescription.Query("value", "The values, with commas between.", example: "ann,bob"), ParameterDescription.Query("exact", "A value that has a comma itself.")],
            Replies = [ReplyDescription.Empty("There are none of them.")],
        },
        new RouteDescription("Management_TagsInUse_Get", Caller.Viewer, "Lists names in use")
        {
            Parameters = Paging,
            Replies = [ReplyDescription.Json("A page.", Counts("names", "name").Named("TagNamePage"), """{"mayLoadMore":false,"names":[{"name":"site","count":12}]}""")],
        },
        new RouteDescription("Management_TagsInUse_GetName", Caller.Viewer, "Lists the values of a name in use")
        {
            Parameters = Paging,
            Replies = [ReplyDescription.Json("A page.", Counts("values", "value").Named("TagValuePage"), """{"mayLoadMore":false,"values":[{"value":"berlin","count":7}]}""")],
        });

    private static Shape Counts(string list, string item) => Shape.Object(
        ("mayLoadMore", Shape.Flag("Whether more follow.")),
        (list, Shape.List(Shape.Object((item, Shape.Text()), ("count?", Shape.Whole("Devices, when they were counted."))))));
}
