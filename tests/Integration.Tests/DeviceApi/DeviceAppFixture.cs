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
          "quiet":{"format":"string","unit":"","settable":true,"allowed":[],"sync":false},
          "a:b":{"format":"string","unit":"","settable":false,"allowed":[],"sync":true}
        }
        """;

    private const string Settings = """
        {
          "identity_format":{"type":"opaque","prefix":"","options":{"casing":"mixed","length":0}},
          "provisioning":{"enabled":true,"auth_type":"token","generate_identity":false,"presenter_identity":true,"ip_whitelisting":{"enabled":false,"allowed":[]}}
        }
        """;

    private TestApp? _app;

    /// <summary>The app.</summary>
    public TestApp App => _app ?? throw new InvalidOperationException("The app has not started.");

    /// <summary>Puts back how devices come to credentials, after a test that changed it.</summary>
    public async Task ResetSettingsAsync()
    {
        using var person = SimulatedOperator.Of(App.Run);
        await person.PatchSettingsAsync(Settings);
    }

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
