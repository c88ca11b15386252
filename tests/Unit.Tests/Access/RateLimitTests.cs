using System.Globalization;
using System.Net;
using Microsoft.Extensions.Time.Testing;
using Murano.Shared.Access;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Access;

public sealed class RateLimitTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly RateKey One = Key(1);
    private static readonly RateKey Two = Key(2);

    private readonly FakeTimeProvider _time = new();

    private static RateKey Key(int i) => new((UInt128)i);

    private RateLimit Limit(int most, int capacity = 100) => new(most, Minute, capacity, _time);

    private static int Taken(RateLimit limit, RateKey key, int tries) => Enumerable.Range(0, tries).Count(_ => limit.Take(key) is null);

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(10)]
    [InlineData(60)]
    [InlineData(999)]
    public void Lets_so_many_through_at_once_and_as_many_in_each_minute_after(int most)
    {
        var limit = Limit(most);

        Assert.Equal(most, Taken(limit, One, most + 5));
        _time.Advance(Minute);
        Assert.Equal(most, Taken(limit, One, most + 5));
    }

    [Fact]
    public void Says_when_it_helps_to_come_again_and_then_it_does()
    {
        var limit = Limit(10);
        Assert.Equal(10, Taken(limit, One, 10));

        var wait = limit.Take(One);
        Assert.Equal(TimeSpan.FromSeconds(6), wait);
        Assert.Equal(wait, limit.WaitOf(One));
        _time.Advance(wait!.Value - TimeSpan.FromTicks(1));
        Assert.NotNull(limit.Take(One));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(limit.WaitOf(One));
        Assert.Equal(1, Taken(limit, One, 3));
    }

    [Fact]
    public void Who_is_refused_is_not_counted_and_nobody_owes_more_than_a_minute()
    {
        var limit = Limit(10);
        Assert.Equal(10, Taken(limit, One, 10_000));
        Assert.Equal(TimeSpan.FromSeconds(6), limit.WaitOf(One));

        for (var i = 0; i < 1_000; i++)
        {
            limit.Note(One);
        }

        Assert.Equal(TimeSpan.FromSeconds(6), limit.WaitOf(One));
    }

    [Fact]
    public void Keys_do_not_meet()
    {
        var limit = Limit(1);
        Assert.Null(limit.Take(One));
        Assert.NotNull(limit.Take(One));
        Assert.Null(limit.Take(Two));
    }

    [Fact]
    public void Zero_is_no_limit_and_keeps_nothing()
    {
        var limit = Limit(0);
        limit.Note(One);

        Assert.Equal(1_000, Taken(limit, One, 1_000));
        Assert.Null(limit.WaitOf(One));
        Assert.Equal(0, limit.Count);
    }

    [Fact]
    public void A_flood_of_keys_takes_no_more_memory_than_is_allowed()
    {
        var limit = Limit(10, capacity: 100);
        for (var i = 0; i < 10_000; i++)
        {
            limit.Note(Key(i));
            Assert.InRange(limit.Count, 1, 200);
        }
    }

    [Fact]
    public void What_is_owed_outlives_a_change_of_generations()
    {
        var limit = Limit(2);
        Assert.Null(limit.Take(Two));
        _time.Advance(Minute - TimeSpan.FromSeconds(1));
        Assert.Equal(2, Taken(limit, One, 3));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Null(limit.Take(Two)); // the generations change here
        Assert.NotNull(limit.Take(One));
        _time.Advance(Minute);
        Assert.Null(limit.Take(Two));
        Assert.Equal(2, Taken(limit, One, 3));
    }

    [Fact]
    public void Threads_share_one_count()
    {
        var limit = Limit(1_000);
        var taken = 0;

        Parallel.For(0, 5_000, _ => Interlocked.Add(ref taken, limit.Take(One) is null ? 1 : 0));

        Assert.Equal(1_000, taken);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::1", "0.0.0.1", false)]
    [InlineData("fe80::1%3", "fe80::2", true)]
    public void Addresses_of_one_network_count_as_one(string one, string other, bool same)
    {
        var device = Device("sn-1");

        Assert.Equal(same, RateKey.Of(IPAddress.Parse(one)) == RateKey.Of(IPAddress.Parse(other)));
        Assert.Equal(same, RateKey.Of(device, IPAddress.Parse(one)) == RateKey.Of(device, IPAddress.Parse(other)));
        Assert.Equal(same, RateKey.Of(device.Connector, IPAddress.Parse(one)) == RateKey.Of(device.Connector, IPAddress.Parse(other)));
    }

    [Fact]
    public void Devices_keys_do_not_meet()
    {
        var address = IPAddress.Loopback;
        var keys = Enumerable.Range(0, 1_000).Select(i => RateKey.Of(Device(string.Create(CultureInfo.InvariantCulture, $"sn-{i}")), address)).ToHashSet();

        Assert.Equal(1_000, keys.Count);
        Assert.DoesNotContain(RateKey.Of(Device("sn-1")), keys);
        Assert.NotEqual(RateKey.Of(Device("sn-1")), RateKey.Of(address));
    }

    private static DeviceKey Device(string identity) =>
        new(Connectors.Connectors.Id, Shared.Identities.IdentityId.TryParse(identity, out var id) ? id : throw new ArgumentException("Not an identity.", nameof(identity)));
}
