using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Hosting;

/// <summary>One app with the functions of <see cref="RoutingFunctions"/>.</summary>
public sealed class RoutingFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    public TestApp App { get; private set; } = null!;

    public async ValueTask InitializeAsync() => App = await TestApp.StartAsync(azurite, new() { Functions = [typeof(RoutingFunctions)] });

    public ValueTask DisposeAsync() => App.DisposeAsync();
}
