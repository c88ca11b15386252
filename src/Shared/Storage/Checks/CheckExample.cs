namespace Murano.Shared.Storage.Checks;

/// <summary>One difference, for people.</summary>
/// <param name="Place">Names the row or file.</param>
/// <param name="Detail">What is wrong.</param>
public sealed record CheckExample(string Place, string Detail);
