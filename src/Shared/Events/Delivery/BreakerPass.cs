namespace Murano.Shared.Events.Delivery;

/// <summary>By what right an attempt is made.</summary>
internal enum BreakerPass
{
    /// <summary>As any other.</summary>
    Ordinary,

    /// <summary>As the one that finds out whether the destination is back.</summary>
    Probe,
}
