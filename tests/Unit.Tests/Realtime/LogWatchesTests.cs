using Murano.Shared.Access;
using Murano.Shared.Realtime;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Realtime;

/// <summary>Who watches what, and for how long.</summary>
public sealed class LogWatchesTests
{
    [Fact]
    public void A_watch_holds_until_its_end_and_for_its_scope()
    {
        var watch = LogSamples.Watched((null, 10), ("sn-1", 20)).Watch;

        Assert.Equal((true, false), (watch.HoldsForAll(9), watch.HoldsForAll(10)));
        Assert.Equal((true, false, false), (watch.HoldsFor(LogSamples.Identity("sn-1"), 19), watch.HoldsFor(LogSamples.Identity("sn-1"), 20), watch.HoldsFor(LogSamples.Identity("sn-2"), 1)));
        Assert.Equal([null], watch.EndedAt(15).Select(ended => ended.Identity));
        Assert.False(watch.IsEmpty);
    }

    [Fact]
    public void Nobody()
    {
        Assert.Same(LogWatches.None, LogWatches.Of([]));
        Assert.Equal((true, false, false), (LogWatches.None.IsEmpty, LogWatches.None.HoldsForAll(0), LogWatches.None.HoldsFor(LogSamples.Identity("sn-1"), 0)));
    }

    [Fact]
    public void One_device_too_many_waits_for_the_first_that_ends()
    {
        var watch = LogSamples.Watched(("sn-1", 30), ("sn-2", 20), (null, 15)).Watch;

        Assert.Equal(TimeSpan.FromMicroseconds(10), watch.WaitFor(LogSamples.Identity("sn-3"), 2, now: 10));
        Assert.Null(watch.WaitFor(LogSamples.Identity("sn-2"), 2, now: 10));
        Assert.Null(watch.WaitFor(LogSamples.Identity("sn-3"), 2, now: 25));
    }

    [Fact]
    public void Rows_are_read_as_they_were_written_and_sort_behind_the_settings()
    {
        foreach (var text in (string[])["sn-1", "a!b", "ü/\\#?", "00:11:22:33:44:55", new string('x', 200)])
        {
            var row = ConnectorKeys.Watch(LogSamples.Identity(text));
            Assert.True(ConnectorKeys.TryParseWatch(row, out var identity));
            Assert.Equal(text, identity!.Value.Value);
            Assert.True(string.CompareOrdinal(row, ConnectorKeys.Settings) > 0 && string.CompareOrdinal(row, ConnectorKeys.AfterWatches) < 0);
        }

        Assert.True(ConnectorKeys.TryParseWatch(ConnectorKeys.Watch(null), out var all));
        Assert.Null(all);
        Assert.False(ConnectorKeys.TryParseWatch(ConnectorKeys.Settings, out _));
        Assert.False(ConnectorKeys.TryParseWatch("resource!a", out _));
    }

    [Fact]
    public void Groups_have_names_of_their_own_that_the_service_takes()
    {
        Assert.True(OperatorKeyId.TryParse("abcdefghijkl", out var key));
        var names = (string[])[LogGroups.Of(LogSamples.Id), LogGroups.Of(OperatorId.Of(key)), LogGroups.Of(new DeviceKey(LogSamples.Id, LogSamples.Identity(new string('x', 200)))), LogGroups.Of(new DeviceKey(LogSamples.Id, LogSamples.Identity("a!ü")))];

        Assert.Equal(names.Length, names.Distinct(StringComparer.Ordinal).Count());
        Assert.All(names, name => Assert.InRange(name.Length, 1, 1_024));
    }
}
