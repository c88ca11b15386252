using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Hosting;

/// <summary>Starts apps with the functions of <see cref="RequestFunctions"/>.</summary>
internal static class RequestApp
{
    public static Task<TestApp> StartAsync(AzuriteFixture azurite, RequestProbe probe, params (string Key, string Value)[] settings) =>
        StartAsync(azurite, probe, TimeProvider.System, settings);

    public static Task<TestApp> StartAsync(AzuriteFixture azurite, RequestProbe probe, TimeProvider time, params (string Key, string Value)[] settings) =>
        TestApp.StartAsync(azurite, new()
        {
            Functions = [typeof(RequestFunctions)],
            Time = time,
            Settings = settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value, StringComparer.OrdinalIgnoreCase),
            Configure = builder => builder.Services.AddSingleton(probe),
        });
}
