namespace Murano.Shared.Identities;

/// <summary>Refusals that several services give in the same words.</summary>
internal static class IdentityFailures
{
    /// <summary>There is no such device, or it is being deleted.</summary>
    public static Failure.NotFound Unknown { get; } = new("unknown-identity", "The identity does not exist.");
}
