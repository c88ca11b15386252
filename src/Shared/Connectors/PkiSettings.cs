namespace Murano.Shared.Connectors;

/// <summary>The CA of a certificate connector (specification f).</summary>
public sealed record PkiSettings
{
    /// <summary>Whether client certificates must be issued by <see cref="ClientCa"/>.</summary>
    public bool Enabled { get; init; }

    /// <summary>The CA's certificate in PEM; empty when there is none.</summary>
    public string ClientCa { get; init; } = "";
}
