namespace Murano.Shared.Access;

/// <summary>One change that an operator made.</summary>
public sealed record AuditEntry
{
    /// <summary>When, µs since the Unix epoch.</summary>
    public required long At { get; init; }

    /// <summary>Who made it: the id of a key, or <c>entra-</c> and the object id of somebody of the Entra ID tenant.</summary>
    public required string Key { get; init; }

    /// <summary>Their name at that time; the id once more for somebody of the Entra ID tenant who used a signed address.</summary>
    public required string Name { get; init; }

    /// <summary>What was asked for: the function that did it.</summary>
    public required string Action { get; init; }

    /// <summary>The request's method.</summary>
    public required string Method { get; init; }

    /// <summary>To what: the request's path.</summary>
    public required string Target { get; init; }

    /// <summary>The connector that it was about; empty = none.</summary>
    public string Connector { get; init; } = "";

    /// <summary>The code that was answered.</summary>
    public int Status { get; init; }

    /// <summary>From where.</summary>
    public string Address { get; init; } = "";

    /// <summary>Finds the request in the log.</summary>
    public string TraceId { get; init; } = "";
}
