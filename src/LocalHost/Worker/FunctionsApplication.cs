using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Murano.LocalHost.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a function app begins.</summary>
[SuppressMessage("Design", "CA1052:Static holder types should be Static or NotInheritable", Justification = "As the platform declares it.")]
public class FunctionsApplication
{
    /// <summary>A builder for the app whose functions the entry assembly holds.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) =>
        Failures.ReportedBy(null, () => new FunctionsApplicationBuilder(LocalAppBuilder.Create(Assembly.GetEntryAssembly()!, args)));
}
