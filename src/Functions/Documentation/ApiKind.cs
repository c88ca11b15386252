namespace Murano.Functions.Documentation;

/// <summary>The kinds of routes; each has refusals and credentials of its own.</summary>
internal enum ApiKind
{
    /// <summary>The device API: bare codes and short texts (specification a).</summary>
    Device,

    /// <summary>The management API: JSON (specification b).</summary>
    Management,

    /// <summary>What belongs to neither: the description of both, and probes.</summary>
    Documents,
}
