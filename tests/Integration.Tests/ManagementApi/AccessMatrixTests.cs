using Murano.Functions.Fallback;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Integration.Tests.ManagementApi;

/// <summary>Who gets what answer: log-in, look-ups, keys and audit by each kind of caller.</summary>
public sealed class AccessMatrixTests(AzuriteFixture azurite)
{
    private const string Biz = "/api:1/business/murano";
    private const string Content = "/api:1/service/{c}/content";

    private static readonly string[] Callers = ["none", "bad", "viewer", "operator", "admin of another connector", "expired", "revoked", "admin"];

    // Function, method, path, body, then the codes in the order of the callers. {c} is the connector.
    private static readonly (string Function, string Method, string Path, string? Body, int[] Codes)[] Table =
    [
        ("Management_Token_Post", "POST", "/api:1/token/", """{"email":"x","password":"y"}""", [401, 401, 401, 401, 401, 401, 401, 401]),
        ("Management_Token_Get", "GET", "/api:1/token/x", null, [404, 404, 404, 404, 404, 404, 404, 404]),
        ("Management_Token_Delete", "DELETE", "/api:1/token/x", null, [404, 404, 404, 404, 404, 404, 404, 404]),
        ("Management_Business_Membership", "GET", "/api:1/user/{name}/membership/", null, [401, 401, 200, 200, 200, 401, 401, 200]),
        ("Management_Business_Overview", "GET", Biz + "/overview", null, [401, 401, 200, 200, 200, 401, 401, 200]),
        ("Management_Business_Solution_List", "GET", Biz + "/solution/", null, [401, 401, 200, 200, 200, 401, 401, 200]),
        ("Management_Business_Solution_Post", "POST", Biz + "/solution/", """{"label":"0","type":"product"}""", [401, 401, 403, 403, 403, 401, 401, 400]),
        ("Management_Solution_Get", "GET", "/api:1/solution/{c}", null, [401, 401, 200, 200, 404, 401, 401, 200]),
        ("Management_Solution_Get_Usage", "GET", "/api:1/solution/{c}/usage", null, [401, 401, 200, 200, 404, 401, 401, 200]),
        ("Management_Solution_Get_Version", "GET", "/api:1/solution/{c}/version", null, [401, 401, 200, 200, 404, 401, 401, 200]),
        ("Management_Solution_Get_Logs", "GET", "/api:1/solution/{c}/logs", null, [401, 401, 200, 200, 404, 401, 401, 200]),
        ("Management_Solution_Part", "GET", "/api:1/solution/{c}/module", null, [401, 401, 200, 200, 404, 401, 401, 200]),
        ("Management_Key_List", "GET", "/api:1/key", null, [401, 401, 403, 403, 200, 401, 401, 200]),
        ("Management_Key_Post", "POST", "/api:1/key", """{"name":"n","role":"viewer"}""", [401, 401, 403, 403, 403, 401, 401, 200]),
        ("Management_Key_Delete", "DELETE", "/api:1/key/abcdefghijkl", null, [401, 401, 403, 403, 404, 401, 401, 404]),
        ("Management_Audit_List", "GET", "/api:1/audit", null, [401, 401, 403, 403, 200, 401, 401, 200]),
        ("Management_Check_Post", "POST", "/api:1/service/{c}/device2/check", null, [401, 401, 403, 403, 403, 401, 401, 200]),
        ("Management_Check_PostAll", "POST", "/api:1/check", null, [401, 401, 403, 403, 403, 401, 401, 200]),
        ("Management_Content_List", "GET", Content + "/item", null, [401, 401, 200, 200, 403, 401, 401, 200]),
        ("Management_Content_Get", "GET", Content + "/item/x", null, [401, 401, 404, 404, 403, 401, 401, 404]),
        ("Management_Content_Download", "GET", Content + "/item/x/download", null, [401, 401, 404, 404, 403, 401, 401, 404]),
        ("Management_Content_Upload", "GET", Content + "/item/x/upload", null, [401, 401, 403, 200, 403, 401, 401, 200]),
        ("Management_Content_Delete", "DELETE", Content + "/item/x", null, [401, 401, 403, 404, 403, 401, 401, 404]),
        ("Management_Content_Clear", "DELETE", Content + "/item", null, [401, 401, 403, 200, 403, 401, 401, 200]),
        ("Management_Content_Signed_Get", "GET", Content + "/signed/x", null, [403, 403, 403, 403, 403, 403, 403, 403]),
        ("Management_Content_Signed_Post", "POST", Content + "/signed/x", null, [403, 403, 403, 403, 403, 403, 403, 403]),
        ("Management_Business_Solution_Delete", "DELETE", Biz + "/solution/{c}", null, [401, 401, 403, 403, 404, 401, 401, 200]),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_caller_gets_what_is_theirs_and_no_more()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var names = new[] { "", "", "v", "o", "x", "e", "r", app.App.Run.Operator!.Name };
        var other = new HashSet<ConnectorId> { ConnectorId.New() };
        var revoked = await KeyAsync("r", OperatorRole.Admin, null, null);
        Assert.True(OperatorSecret.TryParse(revoked, out var secret));
        await app.Keys.RevokeAsync(secret.Id, Token);
        string?[] authorizations =
        [
            null, "token msk_abcdefghijkl_" + new string('x', 43), "token " + await KeyAsync("v", OperatorRole.Viewer, null, null), "token " + await KeyAsync("o", OperatorRole.Operator, null, null),
            "token " + await KeyAsync("x", OperatorRole.Admin, other, null), "token " + await KeyAsync("e", OperatorRole.Admin, null, DateTimeOffset.UnixEpoch.AddDays(1)), $"token {revoked}", $"token {app.Secret}",
        ];

        List<string> wrong = [];
        foreach (var (function, method, path, body, codes) in Table)
        {
            for (var i = 0; i < Callers.Length; i++)
            {
                var address = path.Replace("{c}", app.Connector, StringComparison.Ordinal).Replace("{name}", names[i].Length > 0 ? names[i] : "x", StringComparison.Ordinal);
                using var reply = await app.SendAsync(method, address, body, authorizations[i]);
                if ((int)reply.StatusCode != codes[i])
                {
                    wrong.Add($"{function} for {Callers[i]}: {(int)reply.StatusCode}, expected {codes[i]}: {await reply.Content.ReadAsStringAsync(Token)}");
                }
            }
        }

        Assert.Empty(wrong);

        async Task<string> KeyAsync(string name, OperatorRole role, HashSet<ConnectorId>? connectors, DateTimeOffset? expires) =>
            (await app.Keys.CreateAsync(name, role, connectors, expires, Token).Ok()).Secret;
    }

    [Fact]
    public void Each_row_is_of_the_function_that_it_names()
    {
        var routes = RouteTable.Of(MuranoApp.Assembly);

        Assert.All(Table, row => Assert.Equal(row.Function, routes.NameOf(row.Method, row.Path.Replace("{c}", "u1", StringComparison.Ordinal).Replace("{name}", "x", StringComparison.Ordinal))));
    }
}
