namespace Murano.Shared.Connectors;

/// <summary>What kind of value a resource holds (specification c.3).</summary>
public enum ResourceFormat
{
    /// <summary>Any text.</summary>
    String,

    /// <summary>A decimal number.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,
}
