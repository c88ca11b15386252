using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Murano.Functions.Assets;
using Murano.Functions.Fallback;
using Murano.Shared;

namespace Murano.Functions.Documentation;

/// <summary>The description of the APIs as files. Each is made at its first request, and costs a start nothing.</summary>
public sealed class DocumentAssets(RouteTable routes, IOptions<DeviceOptions> options)
{
    /// <summary>Where the build puts the page's program: beside the app, on each host.</summary>
    private static readonly string ScriptFile = Path.Combine(AppContext.BaseDirectory, "docs", "scalar.js");

    private const string StartText =
        """
        // Nothing is sent anywhere but to this host, and no credential is kept.
        Scalar.createApiReference('#app', {
          url: '/openapi.json',
          withDefaultFonts: false,
          telemetry: false,
          hideClientButton: true,
          showDeveloperTools: 'never',
          persistAuth: false,
          agent: { disabled: true },
          mcp: { disabled: true },
          documentDownloadType: 'json',
          defaultHttpClient: { targetKey: 'shell', clientKey: 'curl' },
        })

        """;

    private const string PageText =
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>Murano.Serverless API</title>
        <link rel="icon" href="data:,">
        </head>
        <body>
        <div id="app"></div>
        <noscript>The same without scripts: <a href="/openapi.json">openapi.json</a></noscript>
        <script src="/docs/scalar.js?v={script}"></script>
        <script src="/docs/start.js?v={start}"></script>
        </body>
        </html>

        """;

    private const string ScriptType = "text/javascript; charset=utf-8";

    private readonly Lazy<Asset> _document = new(() => new("application/json; charset=utf-8", Describe(routes, options.Value.Domain)));
    private readonly Lazy<Asset> _start = new(() => new(ScriptType, Encoding.UTF8.GetBytes(StartText)));
    private readonly Lazy<Asset> _script = new(() => new(ScriptType, File.ReadAllBytes(ScriptFile)), LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The OpenAPI document.</summary>
    internal Asset Document => _document.Value;

    /// <summary>Starts the page's program.</summary>
    internal Asset Start => _start.Value;

    /// <summary>The page's program.</summary>
    internal Asset Script => _script.Value;

    /// <summary>The page.</summary>
    internal Asset Page => new("text/html; charset=utf-8", Encoding.UTF8.GetBytes(
        PageText.Replace("{script}", Script.Version, StringComparison.Ordinal).Replace("{start}", Start.Version, StringComparison.Ordinal)));

    private static byte[] Describe(RouteTable routes, string domain)
    {
        using var text = new StringWriter();
        new ApiDocument(routes, domain).Build().SerializeAsV31(new OpenApiJsonWriter(text, new OpenApiJsonWriterSettings { Terse = true }));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
