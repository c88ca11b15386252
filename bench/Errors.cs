using System.Collections.Concurrent;
using System.Globalization;

namespace Murano.Bench;

/// <summary>What went wrong, counted by kind.</summary>
internal sealed class Errors
{
    private readonly ConcurrentDictionary<string, int> _kinds = new(StringComparer.Ordinal);

    /// <summary>Notes one.</summary>
    public void Add(string kind) => _kinds.AddOrUpdate(kind, 1, static (_, count) => count + 1);

    /// <inheritdoc/>
    public override string ToString() => _kinds.IsEmpty
        ? "errors none"
        : "errors " + string.Join(", ", _kinds.OrderBy(kind => kind.Key, StringComparer.Ordinal).Select(kind => string.Create(CultureInfo.InvariantCulture, $"{kind.Key} x {kind.Value}")));
}
