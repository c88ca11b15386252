using Murano.Shared.Access;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Access;

public sealed class AuditCursorTests
{
    [Fact]
    public void Is_read_as_it_was_written()
    {
        var cursor = new AuditCursor(new DateOnly(2026, 11, 23), AccessKeys.NewAuditRow(1_800_000_000_000_000));

        Assert.True(AuditCursor.TryParse(cursor.ToString(), out var read));
        Assert.Equal(cursor, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("eA==")]
    [InlineData("MjAyNi0xMS0yMw==")]
    [InlineData("MjAyNi0xMy0yMy94")]
    [InlineData("MjAyNi0xMS0yMy94J3k=")]
    public void Anything_else_is_none(string text) => Assert.False(AuditCursor.TryParse(text, out _));

    [Fact]
    public void Newer_entries_sort_before_older_ones()
    {
        string[] rows = [.. new long[] { 1, 9, 10, 1_800_000_000_000_000, 1_800_000_000_000_001 }.Select(AccessKeys.NewAuditRow)];

        Assert.Equal(rows.Reverse(), rows.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }
}
