using Murano.Functions.Documentation;

namespace Murano.Functions.ManagementApi;

/// <summary>Describes <see cref="TokenFunctions"/>.</summary>
internal static class TokenDescription
{
    private static readonly Shape Login = Shape.Object(
        ("email", Shape.Text("The name of a key.")),
        ("password", Shape.Text("The key's secret.")),
        ("ttl?", Shape.Whole("Seconds that the session is to last.", minimum: 1))).Named("Login");

    private static readonly Shape Token = Shape.Object(("token", Shape.Text("The session's token.", "^[0-9a-zA-Z]{40}$"))).Named("SessionToken");

    private static readonly Shape Session = Shape.Object(("email", Shape.Text("The name of the key.")), ("ttl", Shape.Whole("Seconds that are left."))).Named("Session");

    /// <summary>Log-in.</summary>
    public static ApiSection Section { get; } = new(
        "Log-in",
        ApiKind.Management,
        "The command line exchanges a key's name and secret for a session's token. Scripts may as well send the secret itself.",
        new RouteDescription("Management_Token_Post", Caller.Anyone, "Logs in")
        {
            Body = [ContentDescription.Json(Login, """{"email":"admin","password":"the secret","ttl":3600}""")],
            Replies = [ReplyDescription.Json("The session began.", Token, $$"""{"token":"{{new string('0', 40)}}"}""")],
        },
        new RouteDescription("Management_Token_Get", Caller.Anyone, "Tells whose session it is")
        {
            Replies = [ReplyDescription.Json("The session.", Session, """{"email":"admin","ttl":3599}""")],
            Refusals = [404],
        },
        new RouteDescription("Management_Token_Delete", Caller.Anyone, "Ends a session")
        {
            Replies = [ReplyDescription.Empty("Ended.")],
            Refusals = [404],
        });
}
