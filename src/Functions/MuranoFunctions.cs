using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Murano.Functions.Assets;
using Murano.Functions.Console;
using Murano.Functions.DeviceApi;
using Murano.Functions.Documentation;
using Murano.Functions.Fallback;
using Murano.Functions.Health;
using Murano.Functions.ManagementApi;
using Murano.Functions.Realtime;
using Murano.Functions.Telemetry;
using Murano.Shared;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Functions;

/// <summary>Composition of the app.</summary>
public static class MuranoFunctions
{
    /// <summary>Largest request body in bytes that the app's own server lets through: the Functions host's limit, and above what <see cref="RequestBody"/> drains.</summary>
    private const long MaxRequestBodyBytes = 100 * 1024 * 1024;

    /// <summary>Adds the product and its HTTP side.</summary>
    public static FunctionsApplicationBuilder AddMurano(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.ConfigureFunctionsWebApplication();

        // The server would note each request with its query, in which signed addresses have their signature, and put its path, in which sessions have their token, on every log line.
        // With its log goes the trace that it takes from a stranger's headers.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.AddTelemetry();
        builder.Services.AddMuranoShared();
        builder.Services.Configure<KestrelServerOptions>(ShapeServer);
        builder.Services.AddSingleton(RouteTable.Of(typeof(MuranoFunctions).Assembly));
        builder.Services.AddSingleton<DocumentAssets>();
        builder.Services.AddSingleton<HttpsOnly>();
        builder.Services.AddSingleton<ConsoleFiles>();
        builder.Services.AddSingleton<ConsolePolicy>();
        builder.Services.AddSingleton<ConsoleConfig>();
        builder.Services.AddSingleton<TransportRule>();
        builder.Services.AddSingleton<CredentialHeaders>();
        builder.Services.AddSingleton<RefusalLog>();
        builder.Services.AddSingleton<StorageLook>();
        builder.Services.AddSingleton<HealthService>();
        builder.Services.AddSingleton<DeviceGate>();
        builder.Services.AddHostedService<PollDrain>();
        builder.Services.AddHostedService<LiveLogDrain>();
        builder.Services.AddHostedService<EventDrain>();
        builder.Services.AddManagementApi();
        builder.Services.AddOptions<WebPubSubOptions>().BindConfiguration(WebPubSubOptions.Section).ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<WebPubSubOptions>, ValidateWebPubSubOptions>();

        // Null where no service is configured: those who ask for a channel can do without.
        builder.Services.AddSingleton<IChannel>(provider => WebPubSubChannel.TryCreate(provider.GetRequiredService<IOptions<WebPubSubOptions>>().Value, provider.GetRequiredService<IConfiguration>())!);
        return builder;
    }

    private static void ShapeServer(KestrelServerOptions server)
    {
        // Devices have reply buffers of 200 to 1,024 bytes (specification a.12): no header that says nothing to them.
        server.AddServerHeader = false;
        server.Limits.MaxRequestBodySize = MaxRequestBodyBytes;
    }
}
