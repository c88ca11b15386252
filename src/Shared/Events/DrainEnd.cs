namespace Murano.Shared.Events;

/// <summary>How the delivery of what a device has left ended.</summary>
internal abstract record DrainEnd
{
    private DrainEnd()
    {
    }

    /// <summary>Nothing is left.</summary>
    public sealed record Empty : DrainEnd;

    /// <summary>Somebody else delivers.</summary>
    public sealed record Lost : DrainEnd;

    /// <summary>Time is over; the claim is given back.</summary>
    public sealed record Paused : DrainEnd;

    /// <summary>The oldest event could not be delivered; the claim still stands.</summary>
    /// <param name="After">When the receiver wants to be asked again; null = it did not say.</param>
    public sealed record Failed(TimeSpan? After) : DrainEnd;
}
