using Azure;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Murano.Bench;

/// <summary>The least that the same storage work costs: bare ASP.NET Core and one storage request, with nothing checked.</summary>
internal sealed class Floor : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Floor(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<Floor> StartAsync(string connectionString)
    {
        var client = new TableClientOptions();
        client.Diagnostics.IsLoggingEnabled = false;
        client.Diagnostics.IsDistributedTracingEnabled = false;
        var table = new TableClient(connectionString, "floor", client);
        await table.CreateIfNotExistsAsync();
        for (var i = 0; i < 1000; i++)
        {
            await table.UpsertEntityAsync(Fence(i));
            await table.UpsertEntityAsync(State(i, "21.5"u8.ToArray()));
        }

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapPost("/upsert/{device}", async (int device, HttpRequest request) =>
        {
            await table.UpsertEntityAsync(State(device, await BodyAsync(request)), TableUpdateMode.Merge);
            return TypedResults.NoContent();
        });
        app.MapPost("/transaction/{device}", async (int device, HttpRequest request) =>
        {
            await table.SubmitTransactionAsync(
            [
                new TableTransactionAction(TableTransactionActionType.UpdateMerge, Fence(device), ETag.All),
                new TableTransactionAction(TableTransactionActionType.UpsertMerge, State(device, await BodyAsync(request))),
            ]);
            return TypedResults.NoContent();
        });
        app.MapGet("/point/{device}", async (int device) =>
        {
            var row = await table.GetEntityIfExistsAsync<TableEntity>(Partition(device), "state!temperature");
            return TypedResults.Bytes(row.Value!.GetBinary("Reported"), "application/x-www-form-urlencoded");
        });
        await app.StartAsync();
        return new Floor(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static string Partition(int device) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"connector!device-{device}");

    private static TableEntity Fence(int device) => new(Partition(device), "live!c") { ["LastSeen"] = 1_700_000_000_000_000L, ["LastAddress"] = "127.0.0.1", ["LastProtocol"] = "https" };

    private static TableEntity State(int device, byte[] value) => new(Partition(device), "state!temperature") { ["Reported"] = value, ["ReportedKind"] = "Text", ["ReportedAt"] = 1_700_000_000_000_000L };

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }
}
