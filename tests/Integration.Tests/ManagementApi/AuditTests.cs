using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Integration.Tests.ManagementApi;

public sealed class AuditTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_change_is_noted_and_nothing_else()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        var name = app.App.Run.Operator!.Name;
        await app.OkAsync("PUT", "/identity/1234", null);
        await app.OkAsync("PATCH", "/identity/1234", """{"locked":true}""");
        await app.OkAsync("DELETE", "/resource/setpoint", null);
        await app.RefusedAsync(404, "unknown-identity", "DELETE", "/identity/5678");
        await app.GetAsync("/identity/1234");
        using var made = await app.SendAsync("POST", "/api:1/business/murano/solution", """{"label":"Thing","type":"product"}""", $"token {app.Secret}");
        var id = JsonSerializer.Deserialize<JsonElement>(await made.Content.ReadAsStringAsync(Token)).GetProperty("id").GetString()!;

        var (items, cursor) = await ListAsync(app);

        Assert.Null(cursor);
        var identity = $"/api:1/service/{app.Connector}/device2/identity/1234";
        Assert.Equal(
            $"""
            Management_Business_Solution_Post POST /api:1/business/murano/solution {id} 200
            Management_Resource_Delete DELETE /api:1/service/{app.Connector}/device2/resource/setpoint {app.Connector} 204
            Management_Identity_Patch PATCH {identity} {app.Connector} 204
            Management_Identity_Put PUT {identity} {app.Connector} 204
            """,
            string.Join('\n', items.Select(item => $"{Text(item, "action")} {Text(item, "method")} {Text(item, "target")} {Text(item, "connector")} {item.GetProperty("status").GetInt32()}")));
        Assert.All(items, item => Assert.Equal((app.Secret[4..16], name, "127.0.0.1"), (Text(item, "key"), Text(item, "name"), Text(item, "address"))));
        Assert.All(items, item => Assert.False(string.IsNullOrEmpty(Text(item, "traceId"))));
    }

    [Fact]
    public async Task Entries_come_in_pages_across_days_and_by_time_and_connector()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 23, 12, 0, 0, TimeSpan.Zero));
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Time = time });
        var start = time.GetUnixMicros();
        for (var i = 0; i < 7; i++)
        {
            await app.OkAsync("PUT", $"/identity/{i}", null);
            time.Advance(TimeSpan.FromHours(11));
        }

        List<string> seen = [];
        string? cursor = null;
        do
        {
            (var items, cursor) = await ListAsync(app, "limit=2" + (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}"));
            Assert.InRange(items.Count, 1, 2);
            seen.AddRange(items.Select(item => Text(item, "target")[^1..]));
        }
        while (cursor is not null);

        Assert.Equal("6543210", string.Concat(seen));
        var (from, to) = (start + (long)TimeSpan.FromHours(22).TotalMicroseconds, start + (long)TimeSpan.FromHours(44).TotalMicroseconds);
        Assert.Equal("432", string.Concat((await ListAsync(app, $"from={from}&to={to}")).Items.Select(item => Text(item, "target")[^1..])));
        Assert.Equal("3", string.Concat((await ListAsync(app, $"from={from + 1}&to={to - 1}")).Items.Select(item => Text(item, "target")[^1..])));
        Assert.Equal(7, (await ListAsync(app, $"connector={app.Connector}&from=0")).Items.Count);
        Assert.Empty((await ListAsync(app, "connector=other1")).Items);
        foreach (var bad in (string[])["limit=0", "limit=x", "from=x", "to=-1", "cursor=x", "cursor=eA==", "connector=0-0"])
        {
            using var reply = await app.SendAsync("GET", $"/api:1/audit?{bad}", null, $"token {app.Secret}");
            Assert.Equal(HttpStatusCode.BadRequest, reply.StatusCode);
        }
    }

    [Fact]
    public async Task A_scoped_admin_sees_what_is_about_their_connectors()
    {
        await using var app = await ManagementApp.StartAsync(azurite);
        await app.OkAsync("PUT", "/identity/1234", null);
        using var made = await app.SendAsync("POST", "/api:1/key", """{"name":"n","role":"viewer"}""", $"token {app.Secret}");
        var mine = (await app.Keys.CreateAsync("m", OperatorRole.Admin, new HashSet<ConnectorId> { app.Id }, null, Token).Ok()).Secret;
        var other = (await app.Keys.CreateAsync("x", OperatorRole.Admin, new HashSet<ConnectorId> { ConnectorId.New() }, null, Token).Ok()).Secret;

        Assert.Equal("Management_Key_Post,Management_Identity_Put", string.Join(',', (await ListAsync(app)).Items.Select(item => Text(item, "action"))));
        Assert.Equal("Management_Identity_Put", string.Join(',', (await ListAsync(app, secret: mine)).Items.Select(item => Text(item, "action"))));
        Assert.Empty((await ListAsync(app, secret: other)).Items);
    }

    [Fact]
    public async Task An_entry_that_cannot_be_written_is_logged_and_undoes_nothing()
    {
        var probe = new StorageProbe();
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Policies = [probe] });
        await app.GetAsync("");
        probe.Interfere = (_, request) => request.Uri.ToString().Contains("audit", StringComparison.Ordinal) ? StorageFault.Busy : StorageFault.None;

        await app.OkAsync("PUT", "/identity/1234", null);

        probe.Reset();
        Assert.Equal("1234", (await app.GetAsync("/identity/1234")).GetProperty("identity").GetString());
        Assert.Empty((await ListAsync(app)).Items);
        Assert.Contains(app.App.Log.Lines, line => line.Contains("could not be noted in the audit log", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2, 3, 0)]
    [InlineData(2, 2, 150)]
    [InlineData(0, 400, 150)]
    public async Task A_day_goes_when_its_time_has_passed(int kept, int days, int left)
    {
        await using var fleet = await Fleet.StartAsync(azurite, new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["Access:AuditDays"] = $"{kept}" });
        for (var i = 0; i < 150; i++)
        {
            await fleet.One.Get<AuditLog>().WriteAsync(new AuditEntry { At = fleet.Time.GetUnixMicros() + i, Key = "k", Name = "n", Action = "a", Method = "m", Target = "t" }, Token);
        }

        Assert.Single(await fleet.RowsAsync("todo"));
        fleet.Time.Advance(TimeSpan.FromDays(days));
        await fleet.SweepAsync();

        Assert.Equal(left, (await fleet.RowsAsync("access")).Count(row => row.PartitionKey.StartsWith("audit!", StringComparison.Ordinal)));
        Assert.Equal(left > 0 ? 1 : 0, (await fleet.RowsAsync("todo")).Count);
    }

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static async Task<(List<JsonElement> Items, string? Cursor)> ListAsync(ManagementApp app, string query = "", string? secret = null)
    {
        using var reply = await app.SendAsync("GET", $"/api:1/audit?{query}", null, $"token {secret ?? app.Secret}");
        var text = await reply.Content.ReadAsStringAsync(Token);
        Assert.True(reply.StatusCode == HttpStatusCode.OK, text);
        var page = JsonSerializer.Deserialize<JsonElement>(text);
        return ([.. page.GetProperty("items").EnumerateArray()], page.GetProperty("cursor").GetString());
    }
}
