namespace Murano.Shared.Events;

/// <summary>What a change of a connector's events needs besides the change.</summary>
/// <param name="AllowPrivate"><see cref="EventOptions.AllowPrivateAddresses"/>.</param>
/// <param name="NewKey">For <see cref="EventDestination.Key"/>, where the change makes a new secret.</param>
internal readonly record struct EventTerms(bool AllowPrivate, string NewKey);
