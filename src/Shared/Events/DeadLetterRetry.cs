namespace Murano.Shared.Events;

/// <summary>What became of many events that were sent again.</summary>
/// <param name="Delivered">How many arrived, and are kept no longer.</param>
/// <param name="Failed">How many did not.</param>
/// <param name="Why">Why the last one of them did not; empty = all arrived.</param>
/// <param name="More">Whether some are left that were not tried.</param>
/// <param name="Cursor">Where these begin; null = at the beginning.</param>
internal sealed record DeadLetterRetry(int Delivered, int Failed, string Why, bool More, string? Cursor);
