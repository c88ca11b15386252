using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Murano.Bench;

/// <summary>The least that a wake costs: bare ASP.NET Core, requests that wait for one another, and no storage.</summary>
internal sealed class WaitingFloor : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TaskCompletionSource?[] _waiting;

    private WaitingFloor(WebApplication app, TaskCompletionSource?[] waiting) => (_app, _waiting) = (app, waiting);

    public string Address => _app.Urls.First();

    /// <summary>How many requests wait.</summary>
    public int Waiting => _waiting.Count(waiting => Volatile.Read(ref waiting) is not null);

    public static async Task<WaitingFloor> StartAsync(int devices)
    {
        var waiting = new TaskCompletionSource?[devices];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/wait/{device}", async (int device) =>
        {
            var sleeper = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Volatile.Write(ref waiting[device], sleeper);
            await sleeper.Task;
            return TypedResults.Bytes("setpoint=21"u8.ToArray(), "application/x-www-form-urlencoded");
        });
        app.MapPost("/release/{device}", (int device) =>
        {
            Interlocked.Exchange(ref waiting[device], null)!.SetResult();
            return TypedResults.NoContent();
        });
        await app.StartAsync();
        return new(app, waiting);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
