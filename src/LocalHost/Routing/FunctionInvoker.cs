using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Murano.LocalHost.Routing;

/// <summary>Runs one function for one request: an exception becomes a bare 500, a reply that comes too late a 502.</summary>
internal sealed partial class FunctionInvoker(LocalHostOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<FunctionInvoker> logger)
{
    /// <summary>Runs <paramref name="function"/> to the end of its reply.</summary>
    public Task InvokeAsync(string name, RequestDelegate function, HttpContext context) =>
        options.CutOff > TimeSpan.Zero ? RunCutOffAsync(name, function, context) : RunAsync(name, function, context);

    private async Task RunCutOffAsync(string name, RequestDelegate function, HttpContext context)
    {
        using var request = new CutOffLifetime(context.Features.GetRequiredFeature<IHttpRequestLifetimeFeature>());
        context.Features.Set<IHttpRequestLifetimeFeature>(request);
        using var done = new CancellationTokenSource();
        var cutOff = Task.Delay(options.CutOff, time, done.Token);
        var running = RunAsync(name, function, context);
        if (await Task.WhenAny(running, cutOff) == cutOff)
        {
            Log.CutOff(logger, name, options.CutOff);
            await GiveUpAsync(context);
            await request.GiveUpAsync();
        }

        // The context must not be handed back while the function may still touch it.
        await running;
        await done.CancelAsync();
    }

    private static async Task GiveUpAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status502BadGateway;
        context.Response.Headers.Connection = "close";
        await context.Response.CompleteAsync();
    }

    private async Task RunAsync(string name, RequestDelegate function, HttpContext context)
    {
        try
        {
            await function(new SilentHttpContext(context, lifetime.ApplicationStopping));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.ClientLeft(logger, name);
        }
        catch (Exception fault)
        {
            Log.Failed(logger, name, fault);
            Fail(context);
        }
    }

    private static void Fail(HttpContext context)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return; // the client has left, or has been told by the front end
        }

        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.Clear();
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
    }

    private static partial class Log
    {
        [LoggerMessage(9001, LogLevel.Error, "Function {Function} failed.")]
        public static partial void Failed(ILogger logger, string function, Exception fault);

        [LoggerMessage(9002, LogLevel.Debug, "Function {Function} ended because the client had left.")]
        public static partial void ClientLeft(ILogger logger, string function);

        [LoggerMessage(9003, LogLevel.Warning, "Function {Function} did not reply within {CutOff}; the client got a 502.")]
        public static partial void CutOff(ILogger logger, string function, TimeSpan cutOff);
    }
}
