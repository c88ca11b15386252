namespace Murano.Admin.Export;

/// <summary>What is exported, and where to.</summary>
/// <param name="From">Address of the management API.</param>
/// <param name="Connector">The connector there.</param>
/// <param name="To">The folder.</param>
/// <param name="Email">Name of the account; null = there is a token.</param>
/// <param name="PageSize">Identities asked for at once.</param>
/// <param name="Parallel">Requests at once.</param>
internal sealed record ExportOptions(string From, string Connector, string To, string? Email, int PageSize, int Parallel);
