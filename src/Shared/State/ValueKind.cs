namespace Murano.Shared.State;

/// <summary>What a value was in the JSON that carried it; devices always write text.</summary>
public enum ValueKind
{
    /// <summary>A JSON string, or a device's text.</summary>
    Text,

    /// <summary>A JSON number, kept as it was written.</summary>
    Number,

    /// <summary>A JSON <c>true</c> or <c>false</c>.</summary>
    Boolean,
}
