using System.Globalization;
using System.Text.Json;

namespace Murano.Integration.Tests.Events;

/// <summary>
/// What was sent, what of it was acknowledged, and what arrived as an event. Each alias of a device has one who sends, and sends 1, 2, 3 and so on, one after the other; so
/// what contradicts the promise can be told from the values.
/// </summary>
internal sealed class EventJournal
{
    private readonly Lock _turn = new();
    private readonly Dictionary<(string Identity, string Alias), Source> _sources = [];
    private readonly Dictionary<string, HashSet<long>> _sequences = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _last = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Arrival> _arrivals = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];
    private int _acknowledged;
    private int _again;

    /// <summary>How many values were acknowledged.</summary>
    public int Acknowledged => Volatile.Read(ref _acknowledged);

    /// <summary>How many events came once more.</summary>
    public int Again => Volatile.Read(ref _again);

    /// <summary>How many different events were accepted.</summary>
    public int Delivered
    {
        get
        {
            lock (_turn)
            {
                return _sources.Values.Sum(source => source.Accepted.Count);
            }
        }
    }

    /// <summary>The next value, which is about to be sent.</summary>
    public int Next(string identity, string alias)
    {
        lock (_turn)
        {
            return ++SourceOf(identity, alias).Sent;
        }
    }

    /// <summary>A value was acknowledged.</summary>
    public void Acknowledge(string identity, string alias, int value)
    {
        lock (_turn)
        {
            SourceOf(identity, alias).Acknowledged.Add(value);
            _acknowledged++;
        }
    }

    /// <summary>Something contradicts the promise.</summary>
    public void Complain(string problem)
    {
        lock (_turn)
        {
            _problems.Add(problem);
        }
    }

    /// <summary>An event has arrived.</summary>
    /// <returns>The event, if it came for the first time.</returns>
    public Arrival? Take(EventReceiver.Received got)
    {
        var json = JsonSerializer.Deserialize<JsonElement>(got.Body);
        var value = json.GetProperty("data").GetProperty("payload")[0].GetProperty("values").EnumerateObject().Single();
        var arrival = new Arrival(
            json.GetProperty("subject").GetString()!,
            long.Parse(json.GetProperty("sequence").GetString()!, CultureInfo.InvariantCulture),
            value.Name,
            int.Parse(value.Value.GetString()!, CultureInfo.InvariantCulture));
        lock (_turn)
        {
            if (!_sequences.TryGetValue(arrival.Identity, out var known))
            {
                _sequences.Add(arrival.Identity, known = []);
            }

            if (!known.Add(arrival.Sequence))
            {
                _again++;
                return null;
            }

            _arrivals.Add(json.GetProperty("id").GetString()!, arrival);
            Judge(arrival);
            return arrival;
        }
    }

    /// <summary>An event that has arrived is answered for. One that was not accepted is to come again.</summary>
    public void Accept(string id)
    {
        lock (_turn)
        {
            var arrival = _arrivals[id];
            SourceOf(arrival.Identity, arrival.Alias).Accepted.Add(arrival.Value);
        }
    }

    /// <summary>Fails unless the promise was kept; whatever was to be delivered should have been by now.</summary>
    public void AssertKept()
    {
        lock (_turn)
        {
            var missing = _sources.SelectMany(pair => pair.Value.Acknowledged.Concat(pair.Value.Arrived).Except(pair.Value.Accepted).Select(value => $"{pair.Key}={value} was not delivered"));
            Assert.Empty(_problems.Concat(missing));
            Assert.NotEqual(0, _acknowledged);
        }
    }

    private void Judge(Arrival arrival)
    {
        if (_last.TryGetValue(arrival.Identity, out var last) && arrival.Sequence < last)
        {
            _problems.Add($"{arrival} came after {last}");
        }

        _last[arrival.Identity] = arrival.Sequence;
        var source = SourceOf(arrival.Identity, arrival.Alias);
        if (arrival.Value > source.Sent)
        {
            _problems.Add($"{arrival} came before it was sent");
        }

        if (source.Arrived.Count > 0 && arrival.Value <= source.Arrived[^1])
        {
            _problems.Add($"{arrival} came after {source.Arrived[^1]}");
        }

        source.Arrived.Add(arrival.Value);
    }

    private Source SourceOf(string identity, string alias)
    {
        if (!_sources.TryGetValue((identity, alias), out var source))
        {
            _sources.Add((identity, alias), source = new Source());
        }

        return source;
    }

    /// <summary>An event of one value.</summary>
    internal sealed record Arrival(string Identity, long Sequence, string Alias, int Value);

    private sealed class Source
    {
        public int Sent { get; set; }

        public HashSet<int> Acknowledged { get; } = [];

        public List<int> Arrived { get; } = [];

        public HashSet<int> Accepted { get; } = [];
    }
}
