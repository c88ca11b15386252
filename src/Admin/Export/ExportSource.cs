namespace Murano.Admin.Export;

/// <summary>Of what a folder is the export: the file <c>source.json</c>, which is written first, so that one that broke off is not gone on with from elsewhere.</summary>
/// <param name="Source">The management API.</param>
/// <param name="Connector">The connector there.</param>
internal sealed record ExportSource(string Source, string Connector);
