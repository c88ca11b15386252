using Microsoft.Extensions.Options;
using Murano.Shared;

namespace Murano.Unit.Tests;

public sealed class DeviceOptionsTests
{
    private static ValidateOptionsResult Validate(DeviceOptions options) => new ValidateDeviceOptions().Validate(null, options);

    [Fact]
    public void Defaults_are_valid() => Assert.True(Validate(new DeviceOptions()).Succeeded);

    [Theory]
    [InlineData("00:00:00", "00:10:00", true)]
    [InlineData("00:00:10", "00:00:10", true)]
    [InlineData("00:00:09", "00:00:10", false)]
    [InlineData("00:01:00", "00:02:00", false)]
    [InlineData("00:01:00", "00:00:00", true)]
    public void A_guard_that_ends_before_settings_are_known_everywhere_is_refused(string guard, string cache, bool valid)
    {
        var result = Validate(new DeviceOptions { CommandGuard = TimeSpan.Parse(guard, null), SettingsCache = TimeSpan.Parse(cache, null) });

        Assert.Equal(valid, result.Succeeded);
        Assert.Equal(!valid, result.FailureMessage?.Contains("Devices:CommandGuard must be 00:00:00, or not shorter than Devices:SettingsCache.", StringComparison.Ordinal) ?? false);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1_000_001)]
    public void Limits_have_bounds(int value)
    {
        Assert.False(Validate(new DeviceOptions { FailuresPerMinute = value }).Succeeded);
        Assert.False(Validate(new DeviceOptions { FailuresPerAddressPerMinute = value }).Succeeded);
        Assert.False(Validate(new DeviceOptions { NewIdentitiesPerMinute = value }).Succeeded);
        Assert.False(Validate(new DeviceOptions { RequestsPerMinute = value }).Succeeded);
    }
}
