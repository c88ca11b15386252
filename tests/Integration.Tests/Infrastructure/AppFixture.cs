namespace Murano.Integration.Tests.Infrastructure;

/// <summary>One app with the default settings for all tests of a class that do not mind each other's devices.</summary>
public sealed class AppFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private TestApp? _app;

    /// <summary>The app.</summary>
    public TestApp App => _app ?? throw new InvalidOperationException("The app has not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _app = await TestApp.StartAsync(azurite);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
