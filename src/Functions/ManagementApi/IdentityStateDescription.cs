using Murano.Functions.Documentation;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="IdentityStateFunctions"/>.</summary>
internal static class IdentityStateDescription
{
    private static readonly Shape Entry = Shape.Object(
        ("reported?", Shape.Scalar("What the device reported; text.")),
        ("set?", Shape.Scalar("What the cloud set, of settable resources.")),
        ("timestamp", Shape.Micros("The last change")),
        ("reportedAt?", Shape.Micros("With `times=true`: when the device reported")),
        ("setAt?", Shape.Micros("With `times=true`: when the cloud set what is not acknowledged"))).Named("StateEntry");

    /// <summary>The values of a device by alias.</summary>
    internal static Shape State { get; } = Shape.Map(Entry, "The values by alias.").Named("State");

    /// <summary>Asks for the times of both sides.</summary>
    internal static ParameterDescription Times { get; } = ParameterDescription.Query("times", "`true` for `reportedAt` and `setAt` of each value.", Shape.Word("", "true", "false"));

    /// <summary>The values of devices.</summary>
    public static ApiSection Section { get; } = new(
        "State",
        ApiKind.Management,
        "The values of a device: what it reported, and what the cloud set.",
        new RouteDescription("Management_State_Get", Caller.Viewer, "Reads the values of a device")
        {
            Parameters = [Times],
            Replies = [ReplyDescription.Json("The values.", State, """{"temperature":{"reported":"21.5","timestamp":1500000000000000},"setpoint":{"reported":"21","set":22,"timestamp":1500000000000000}}""")],
        },
        new RouteDescription("Management_State_Patch", Caller.Operator, "Sets values of a device")
        {
            Detail = "All or none. A device that waits for one of them is answered at once.",
            Body = [ContentDescription.Json(Shape.Map(Shape.Scalar(), "Values by alias."), """{"setpoint":22}""", """{"setpoint":22.5,"mode":"eco","on":true}""")],
            Replies = [ReplyDescription.Empty("Set.")],
        });
}
