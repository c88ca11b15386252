using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Murano.LocalHost.Hosting;

namespace Murano.LocalHost;

/// <summary>Runs a function app inside a test's process: failures are thrown as <see cref="LocalHostException"/>, signals are left alone.</summary>
public static class LocalFunctions
{
    /// <summary>A builder as <see cref="FunctionsApplication.CreateBuilder"/> gives it, under the test's <paramref name="options"/>.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(LocalFunctionsOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Failures.ReportedBy(options, () => new FunctionsApplicationBuilder(LocalAppBuilder.Create(options.Assembly, [], options)));
    }

    /// <summary>Addresses and credentials of an app that was built here and has started.</summary>
    public static RunInfo GetRunInfo(this IHost host) =>
        host is LocalApp { Run: { } run } ? run : throw new InvalidOperationException("The app has not started.");
}
