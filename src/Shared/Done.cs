namespace Murano.Shared;

/// <summary>The value of an <see cref="Outcome{T}"/> that has nothing to tell but that it happened.</summary>
public sealed class Done
{
    private Done()
    {
    }

    /// <summary>The only instance.</summary>
    public static Done Instance { get; } = new();
}
