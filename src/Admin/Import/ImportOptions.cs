namespace Murano.Admin.Import;

/// <summary>What is imported, and where to.</summary>
internal sealed record ImportOptions
{
    /// <summary>The folder of an export.</summary>
    public required string From { get; init; }

    /// <summary>Address of the management API.</summary>
    public required string To { get; init; }

    /// <summary>The connector; null = <see cref="Create"/> says it.</summary>
    public string? Connector { get; init; }

    /// <summary>Name of a connector that is made where there is none of this name.</summary>
    public string? Create { get; init; }

    /// <summary>The business to make it in.</summary>
    public required string Business { get; init; }

    /// <summary>The table of tokens; null = there is none.</summary>
    public string? Tokens { get; init; }

    /// <summary>Name of the account; null = there is a token.</summary>
    public string? Email { get; init; }

    /// <summary>Whether what differs is overwritten.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Whether only is told what would be done.</summary>
    public bool DryRun { get; init; }

    /// <summary>Requests at once.</summary>
    public required int Parallel { get; init; }
}
