namespace Murano.Shared.Polls;

/// <summary>What a device asks of a poll (specification a.8).</summary>
/// <param name="Wait">How long it is ready to wait.</param>
/// <param name="Since">Seconds since the Unix epoch: something set in that second or later is news; 0 = whatever there is. Null = only what is set from now on.</param>
public sealed record PollTerms(TimeSpan Wait, long? Since);
