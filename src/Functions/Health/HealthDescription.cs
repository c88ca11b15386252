using Murano.Functions.Documentation;

namespace Murano.Functions.Health;

/// <summary>Describes <see cref="HealthFunctions"/>.</summary>
internal static class HealthDescription
{
    private static readonly Shape Parts = Shape.Object(
        ("status", Shape.Word("The sum: `degraded` when only the channel is down.", "up", "degraded", "down")),
        ("storage", Shape.Word("`newer`: it was set up by a newer program than this one.", "up", "down", "newer")),
        ("channel", Shape.Word("What wakes polls on other instances and shows the live log; `none`: not configured.", "up", "down", "none")));

    /// <summary>What probes ask.</summary>
    public static ApiSection Section { get; } = new(
        "Health",
        ApiKind.Documents,
        "For probes and load balancers. An instance asks its parts once in five seconds at most.",
        new RouteDescription("Health_Live", Caller.Anyone, "Tells that the process answers")
        {
            Replies = [ReplyDescription.Json("It does.", Shape.Object(("status", Shape.Word("Always `up`.", "up"))), """{"status":"up"}""")],
        },
        new RouteDescription("Health_Ready", Caller.Anyone, "Tells whether requests can be served")
        {
            Detail = "A channel that is down leaves the app ready: polls find news by looking.",
            Replies =
            [
                ReplyDescription.Json("They can.", Parts, """{"status":"up","storage":"up","channel":"up"}"""),
                new ReplyDescription(503, "They cannot.", ContentDescription.Json(Parts, """{"status":"down","storage":"down","channel":"none"}""")) { Headers = [("Retry-After", "Seconds to wait before the next question.")] },
            ],
        });
}
