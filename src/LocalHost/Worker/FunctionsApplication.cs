using System.Reflection;
using Murano.LocalHost.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a function app begins.</summary>
public static class FunctionsApplication
{
    /// <summary>A builder for the app whose functions the entry assembly holds.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) =>
        Failures.ReportedBy(null, () => new FunctionsApplicationBuilder(LocalAppBuilder.Create(Assembly.GetEntryAssembly()!, args)));
}
