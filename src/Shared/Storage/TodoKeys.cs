using System.Globalization;

namespace Murano.Shared.Storage;

/// <summary>Keys of table <c>todo</c>: sixteen shards, in each the earliest first.</summary>
internal static class TodoKeys
{
    /// <summary>All partitions, <c>00</c> to <c>15</c>.</summary>
    public static IReadOnlyList<string> Shards { get; } = [.. Enumerable.Range(0, 16).Select(shard => shard.ToString("D2", CultureInfo.InvariantCulture))];

    /// <summary>The partition of an operation.</summary>
    public static string Shard(string operationId) => Shards[Convert.ToInt32(operationId[..1], 16)];

    /// <summary>The row of an operation: due time in seconds since the Unix epoch, then the operation.</summary>
    public static string Row(DateTimeOffset due, string operationId) =>
        string.Create(CultureInfo.InvariantCulture, $"{due.ToUnixTimeSeconds():D12}!{operationId}");

    /// <summary>First row that is not yet due.</summary>
    public static string NotDue(DateTimeOffset now) => string.Create(CultureInfo.InvariantCulture, $"{now.ToUnixTimeSeconds() + 1:D12}");

    /// <summary>Due time and operation of a row.</summary>
    public static (DateTimeOffset Due, string OperationId) Parse(string row) =>
        (DateTimeOffset.FromUnixTimeSeconds(long.Parse(row.AsSpan(0, 12), CultureInfo.InvariantCulture)), row[13..]);
}
