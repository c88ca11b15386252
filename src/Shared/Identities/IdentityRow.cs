namespace Murano.Shared.Identities;

/// <summary>One of many identities that an operator makes or changes at once.</summary>
/// <param name="Identity">The identity.</param>
/// <param name="Change">What is wanted of it.</param>
public sealed record IdentityRow(IdentityId Identity, IdentityChange Change);
