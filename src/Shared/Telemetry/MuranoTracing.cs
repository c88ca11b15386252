using System.Diagnostics;

namespace Murano.Shared.Telemetry;

/// <summary>Where the product's spans come from. Nothing that a caller sends stands in them: neither an address, nor a query, nor a value.</summary>
public static class MuranoTracing
{
    /// <summary>Name of the source.</summary>
    public const string SourceName = "Murano";

    /// <summary>The source.</summary>
    internal static ActivitySource Source { get; } = new(SourceName);

    /// <summary>The span at hand, if it is the product's own and is recorded; null = none.</summary>
    internal static Activity? Recorded => Activity.Current is { IsAllDataRequested: true } span && IsOurs(span) ? span : null;

    /// <summary>Whether a span is the product's own.</summary>
    internal static bool IsOurs(Activity span) => ReferenceEquals(span.Source, Source);
}
