namespace Murano.Shared.Events;

/// <summary>Where a connector's events go.</summary>
/// <param name="Kind">What is there.</param>
/// <param name="Url">Its address.</param>
/// <param name="Key">Names the secret that signs what a webhook gets, which is derived and not stored; a new one makes a new secret. Empty for a topic.</param>
public sealed record EventDestination(EventDestinationKind Kind, string Url, string Key);
