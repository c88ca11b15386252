using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Murano.Functions.Health;

namespace Murano.Unit.Tests.Documents;

/// <summary>docs/operations.md names the metrics that there are, with kind, unit and tags.</summary>
public sealed partial class OperationsDocumentTests
{
    private static readonly string Text = Repository.Read("docs/operations.md");

    [Fact]
    public void Every_instrument_stands_in_the_table_with_its_kind_and_unit()
    {
        using var probe = new MetricProbe();
        _ = probe.NewMetrics();

        Assert.NotEmpty(probe.Instruments);
        Assert.Equal(
            probe.Instruments.Select(one => $"{one.Name} {Kind(one)} {one.Unit}").Order(StringComparer.Ordinal),
            Row().Matches(Text).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[3].Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void No_other_metric_is_named()
    {
        using var probe = new MetricProbe();
        _ = probe.NewMetrics();

        Assert.Empty(Name().Matches(Text).Select(name => name.Value).Except(probe.Instruments.Select(one => one.Name), StringComparer.Ordinal));
    }

    [Fact]
    public void Health_addresses_are_the_functions_own()
    {
        Assert.Contains($"`GET /{HealthRoutes.Live}`", Text, StringComparison.Ordinal);
        Assert.Contains($"`GET /{HealthRoutes.Ready}`", Text, StringComparison.Ordinal);
    }

    private static string Kind(Instrument instrument) => instrument switch
    {
        Counter<long> => "counter",
        UpDownCounter<long> => "up and down",
        Histogram<double> => "histogram",
        _ => instrument.GetType().Name,
    };

    [GeneratedRegex("^\\| `(murano\\.[a-z_.]+)` \\| ([a-z ]+) \\| `([^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex("(?<![a-z./])murano\\.[a-z_]+(?:\\.[a-z_]+)*(?=[`\" ])")]
    private static partial Regex Name();
}
