using Murano.Admin.Export;

namespace Murano.Admin.Import;

/// <summary>An identity as the target has it.</summary>
internal sealed record TargetDevice
{
    /// <summary>As the list shows it.</summary>
    public required ExportedIdentity Facts { get; init; }

    /// <summary>Whether it has a credential.</summary>
    public bool IsProvisioned => Facts.Status is "provisioned";

    /// <summary>Whether it had a credential here and has none now: an operator took it away, and it is not to come back by itself.</summary>
    public bool WasRevoked => !IsProvisioned && Facts.LastSeen > 0;
}
