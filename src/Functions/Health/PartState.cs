namespace Murano.Functions.Health;

/// <summary>How a part is that the app needs.</summary>
internal enum PartState
{
    /// <summary>It answers.</summary>
    Up,

    /// <summary>It does not answer, or refuses the app.</summary>
    Down,

    /// <summary>Storage has a schema that only a newer program knows.</summary>
    Newer,

    /// <summary>None is configured.</summary>
    None,
}
