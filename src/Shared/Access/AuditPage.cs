namespace Murano.Shared.Access;

/// <summary>Audit entries, newest first.</summary>
/// <param name="Entries">The entries.</param>
/// <param name="Cursor">Leads to the next page; null = there is none.</param>
public sealed record AuditPage(IReadOnlyList<AuditEntry> Entries, string? Cursor);
