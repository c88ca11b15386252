using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.DeviceApi;

/// <summary>An app whose first connector has a few resources.</summary>
public sealed class DeviceAppFixture(AzuriteFixture azurite) : IAsyncLifetime
{
    private const string Resources = """
        {
          "temperature":{"format":"number","unit":"C","settable":false,"allowed":[],"sync":true},
          "humidity":{"format":"string","unit":"","settable":false,"allowed":[],"sync":true},
          "setpoint":{"format":"string","unit":"","settable":true,"allowed":[],"sync":true},
          "odd / # ? 🦆":{"format":"string","unit":"","settable":false,"allowed":[],"sync":true},
          "a:b":{"format":"string","unit":"","settable":false,"allowed":[],"sync":true}
        }
        """;

    private TestApp? _app;

    /// <summary>The app.</summary>
    public TestApp App => _app ?? throw new InvalidOperationException("The app has not started.");

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        _app = await TestApp.StartAsync(azurite);
        using var person = SimulatedOperator.Of(_app.Run);
        await person.DefineAsync(Resources);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
    }
}
