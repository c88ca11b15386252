namespace Murano.Shared.Events;

/// <summary>How the delivery of a connector's events stands.</summary>
/// <param name="Failures">Attempts of this instance that failed in a row.</param>
/// <param name="Wait">How much longer this instance sends nothing, because of them; zero = it sends.</param>
/// <param name="DeadLetters">Events that could not be delivered, 1,000 at most.</param>
/// <param name="More">Whether there are more of them.</param>
internal sealed record EventState(int Failures, TimeSpan Wait, int DeadLetters, bool More);
