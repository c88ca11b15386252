using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Murano.Shared.Telemetry;

namespace Murano.Tests;

/// <summary>Hears what one app, or one class by itself, measures; others in the process are not heard.</summary>
public sealed class MetricProbe : IMeterFactory
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, Instrument> _instruments = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Measurement> _all = new();
    private readonly List<Meter> _meters = [];

    /// <summary>Listens.</summary>
    /// <param name="scope">The app's factory of meters; null = this probe is the factory.</param>
    public MetricProbe(IMeterFactory? scope = null)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, scope ?? this) && string.Equals(instrument.Meter.Name, MuranoMetrics.MeterName, StringComparison.Ordinal))
            {
                _instruments[instrument.Name] = instrument;
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _all.Enqueue(new(instrument.Name, value, Text(tags))));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => _all.Enqueue(new(instrument.Name, value, Text(tags))));
        _listener.Start();
    }

    /// <summary>Metrics that nobody hears.</summary>
    public static MuranoMetrics Unheard => new(new SilentFactory());

    /// <summary>All instruments that were made.</summary>
    public IReadOnlyCollection<Instrument> Instruments => [.. _instruments.Values];

    /// <summary>What was measured, in order.</summary>
    public IReadOnlyCollection<Measurement> All => _all;

    /// <summary>Metrics that this probe hears.</summary>
    public MuranoMetrics NewMetrics() => new(this);

    /// <summary>The sum of an instrument's values with these tags, as <c>name=value</c> with spaces between; null = any.</summary>
    public double Sum(string instrument, string? tags = null) =>
        _all.Where(one => string.Equals(one.Instrument, instrument, StringComparison.Ordinal) && (tags is null || string.Equals(one.Tags, tags, StringComparison.Ordinal))).Sum(one => one.Value);

    /// <inheritdoc/>
    public Meter Create(MeterOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Scope = this;
        var meter = new Meter(options);
        _meters.Add(meter);
        return meter;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }

    private static string Text(ReadOnlySpan<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));

    /// <summary>One value.</summary>
    public sealed record Measurement(string Instrument, double Value, string Tags);

    private sealed class SilentFactory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
