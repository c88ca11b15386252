namespace Murano.Shared.Storage;

/// <summary>Limits of the table service and of the emulator that stands in for it.</summary>
internal static class TableLimits
{
    /// <summary>Most actions in one transaction.</summary>
    public const int TransactionActions = 100;

    /// <summary>Most rows that one query names: the service takes 15 comparisons in a filter, of which partition, header and fence need three; and the emulator refuses long ones (HTTP 431).</summary>
    public const int RowsInFilter = 12;
}
