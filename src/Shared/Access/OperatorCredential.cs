namespace Murano.Shared.Access;

/// <summary>An operator's API key as it is shown once: a name and the secret that proves it.</summary>
public sealed record OperatorCredential(string Name, string Secret)
{
    /// <inheritdoc/>
    public override string ToString() => Name;
}
