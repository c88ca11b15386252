namespace Murano.Shared.Events;

/// <summary>How an attempt to deliver an event ended.</summary>
internal abstract record DeliveryResult
{
    private DeliveryResult()
    {
    }

    /// <summary>The receiver has it.</summary>
    public sealed record Delivered : DeliveryResult
    {
        /// <summary>The one there is.</summary>
        public static Delivered Instance { get; } = new();
    }

    /// <summary>It may have it or not; another attempt may do better.</summary>
    /// <param name="Why">For people; names no secret.</param>
    /// <param name="After">When the receiver wants to be asked again at the earliest; null = it did not say.</param>
    /// <param name="IsTried">Whether the receiver was asked at all; false = it is left alone at present, which says nothing about the event.</param>
    public sealed record Failed(string Why, TimeSpan? After = null, bool IsTried = true) : DeliveryResult;

    /// <summary>No further attempt will do better: to the dead letters.</summary>
    /// <param name="Why">For people; names no secret.</param>
    public sealed record Refused(string Why) : DeliveryResult;
}
