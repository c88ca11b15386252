using System.ComponentModel.DataAnnotations;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Identities;

/// <summary>The rule of docs/architecture.md, Presence. Times in seconds; online for 300, silent after 3600.</summary>
public sealed class PresenceRulesTests
{
    private const long Start = 1_700_000_000 * UnixTime.MicrosPerSecond;

    private static readonly DeviceOptions Options = new() { OnlineFor = TimeSpan.FromSeconds(300), SilentAfter = TimeSpan.FromSeconds(3600) };

    [Theory]
    [InlineData(true, 0L, 0L, PresenceState.Online)]
    [InlineData(true, 0L, 299L, PresenceState.Online)]
    [InlineData(true, 0L, 300L, PresenceState.Late)]
    [InlineData(true, 300L, 300L, PresenceState.Late)]
    [InlineData(true, 301L, 300L, PresenceState.Online)]
    [InlineData(true, 350L, 349L, PresenceState.Online)]
    [InlineData(true, 350L, 350L, PresenceState.Late)]
    [InlineData(true, 4000L, 3999L, PresenceState.Online)]
    [InlineData(true, 4000L, 4000L, PresenceState.Silent)]
    [InlineData(true, 0L, 3599L, PresenceState.Late)]
    [InlineData(true, 0L, 3600L, PresenceState.Silent)]
    [InlineData(true, 0L, -5L, PresenceState.Online)]
    [InlineData(false, 0L, 0L, PresenceState.Late)]
    [InlineData(false, 350L, 10L, PresenceState.Late)]
    [InlineData(false, 0L, 3600L, PresenceState.Silent)]
    public void A_device_that_called_is_where_the_rule_says(bool mayCall, long pollUntil, long now, PresenceState expected)
    {
        var device = Seen(mayCall, pollUntil);

        Assert.Equal(expected, PresenceRules.StateOf(device, Options, At(now)));
        Assert.Equal(expected != PresenceState.Online, PresenceRules.Connects(device, Options, At(now)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_that_never_called_is_never_online(bool mayCall)
    {
        var device = Record(mayCall, LastSeen.Never, 0);

        Assert.Equal(PresenceState.Never, PresenceRules.StateOf(device, Options, At(0)));
        Assert.Equal(0, PresenceRules.DisconnectsAt(device, Options));
        Assert.True(PresenceRules.Connects(device, Options, At(0)));
        Assert.True(PresenceRules.Connects(null, Options, At(0)));
    }

    [Theory]
    [InlineData(0L, 300L)]
    [InlineData(299L, 300L)]
    [InlineData(301L, 301L)]
    public void Online_ends_at_the_later_of_last_seen_s_and_the_poll_s_end(long pollUntil, long end)
    {
        var device = Seen(mayCall: true, pollUntil);

        Assert.Equal(At(end), PresenceRules.DisconnectsAt(device, Options));
        Assert.Equal(PresenceState.Online, PresenceRules.StateOf(device, Options, At(end) - 1));
        Assert.NotEqual(PresenceState.Online, PresenceRules.StateOf(device, Options, At(end)));
    }

    [Fact]
    public void Without_a_fence_online_has_ended() => Assert.Equal(0, PresenceRules.DisconnectsAt(Seen(mayCall: false, pollUntil: 350), Options));

    [Theory]
    [InlineData("00:05:00", "01:00:00", true)]
    [InlineData("00:05:00", "00:05:00", true)]
    [InlineData("00:05:00", "00:04:59", false)]
    [InlineData("00:01:59", "00:05:00", false)]
    [InlineData("1.00:00:01", "2.00:00:00", false)]
    public void Limits_that_contradict_the_rule_are_refused(string onlineFor, string silentAfter, bool right)
    {
        var options = new DeviceOptions { OnlineFor = TimeSpan.Parse(onlineFor, null), SilentAfter = TimeSpan.Parse(silentAfter, null) };

        Assert.Equal(right, !new ValidateDeviceOptions().Validate(null, options).Failed);
        Assert.Equal(right, Validator.TryValidateObject(options, new ValidationContext(options), null, validateAllProperties: true));
    }

    private static long At(long seconds) => Start + (seconds * UnixTime.MicrosPerSecond);

    private static DeviceRecord Seen(bool mayCall, long pollUntil) => Record(mayCall, new LastSeen(Start, "192.0.2.7", "https"), pollUntil == 0 ? 0 : At(pollUntil));

    private static DeviceRecord Record(bool mayCall, LastSeen seen, long pollUntil)
    {
        Assert.True(ConnectorId.TryParse("abc", out var connector));
        Assert.True(IdentityId.TryParse("sn-1", out var identity));
        var header = new DeviceHeader { Key = new DeviceKey(connector, identity), Status = DeviceStatus.Provisioned, Credential = new CredentialId("c1"), Locked = !mayCall };

        // A lock moves last seen to the header.
        return mayCall ? new DeviceRecord(header, header.Credential, seen, pollUntil) : new DeviceRecord(header with { LastSeen = seen }, null, LastSeen.Never, pollUntil);
    }
}
