using System.Globalization;

namespace Murano.Bench;

/// <summary>How long many things of one kind took.</summary>
internal sealed class Times
{
    private readonly double[] _sorted;

    /// <summary>Takes the times in ms; their order is changed.</summary>
    public Times(double[] milliseconds)
    {
        Array.Sort(milliseconds);
        _sorted = milliseconds;
    }

    /// <summary>The time within which this share of them was done.</summary>
    public double At(double share) => _sorted.Length == 0 ? double.NaN : _sorted[(int)((_sorted.Length - 1) * share)];

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {At(0.5):0.00}  p95 {At(0.95):0.00}  p99 {At(0.99):0.00}  max {At(1):0.0} ms");
}
