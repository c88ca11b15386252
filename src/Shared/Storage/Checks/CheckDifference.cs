namespace Murano.Shared.Storage.Checks;

/// <summary>Something that is not as it should be.</summary>
/// <param name="Kind">Of which kind.</param>
/// <param name="Place">Where: names the row or file.</param>
/// <param name="Detail">What is wrong, for people.</param>
internal sealed record CheckDifference(CheckKind Kind, string Place, string Detail)
{
    /// <summary>Makes it right.</summary>
    public required Func<CancellationToken, Task> Mend { get; init; }
}
