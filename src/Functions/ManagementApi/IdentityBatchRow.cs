using Murano.Shared;
using Murano.Shared.Identities;

namespace Murano.Functions.ManagementApi;

/// <summary>A row of a batch, and what became of it.</summary>
/// <param name="Name">The identity as it was written; null = none was.</param>
/// <param name="Row">The row; null when it cannot be one.</param>
internal sealed record IdentityBatchRow(string? Name, IdentityRow? Row)
{
    /// <summary>Why it was not done; null = it was.</summary>
    public Failure? Problem { get; set; }

    /// <summary>Whether it would change anything; null = that was not asked, or it cannot be done.</summary>
    public bool? Changes { get; set; }
}
