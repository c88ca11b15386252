namespace Murano.Shared.Storage;

/// <summary>When and from where a device last called.</summary>
/// <param name="At">µs since the Unix epoch; 0 = never.</param>
/// <param name="Address">Its address; empty = never.</param>
/// <param name="Protocol">E.g. <c>https</c>.</param>
internal sealed record LastSeen(long At, string Address, string Protocol)
{
    /// <summary>Has not called yet.</summary>
    public static LastSeen Never { get; } = new(0, "", "");
}
