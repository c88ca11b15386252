using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using CsCheck;
using Murano.Admin;
using Murano.Admin.Restore;
using Murano.Admin.Storage;

namespace Murano.Unit.Tests.Admin;

public sealed class RowJsonTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Each_type_comes_back_as_it_was()
    {
        var row = new TableEntity("p", "r")
        {
            ["Text"] = "ä\"\n\u0001 {}",
            ["Empty"] = "",
            ["Flag"] = true,
            ["Int32"] = int.MinValue,
            ["Int64"] = long.MaxValue,
            ["Small64"] = 1L,
            ["Double"] = 1.0,
            ["NaN"] = double.NaN,
            ["Infinity"] = double.NegativeInfinity,
            ["Bytes"] = new byte[] { 0, 1, 255 },
            ["None"] = Array.Empty<byte>(),
            ["Time"] = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero).AddTicks(1234567),
            ["Id"] = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        };

        AssertSame(row, RowJson.Read(Write(row)));
    }

    [Fact]
    public void Any_row_comes_back_as_it_was() => Gen.Select(Inputs.WellFormed, Gen.Long, Gen.Byte.Array[0, 100], Gen.Int, Gen.Double).Sample(
        (text, whole, bytes, number, real) =>
        {
            var row = new TableEntity("p" + text, text) { ["A"] = text, ["B"] = whole, ["C"] = bytes, ["D"] = number, ["E"] = real };
            AssertSame(row, RowJson.Read(Write(row)));
        },
        iter: LongRun.Inputs / 10);

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"PartitionKey":"p"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","A":[]}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","A":1.5}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","A":99999999999}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","A@type":"Edm.Int64","A":"x"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","A@type":"Edm.Int64","A":"99999999999999999999"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","A@type":"Edm.Binary","A":"*"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","A@type":"Edm.Other","A":"x"}""")]
    [InlineData("""{"PartitionKey":"p","RowKey":"r","A@type":7,"A":"x"}""")]
    public void What_is_no_row_is_refused(string line) => Assert.Throws<FormatException>(() => RowJson.Read(line));

    [Fact]
    public async Task Batches_are_of_one_partition_and_within_the_limits_of_a_transaction()
    {
        var lines = new StringBuilder();
        Add("a", 100);
        Add("b", 101);
        Add("c", 1);
        for (var i = 0; i < 5; i++)
        {
            lines.Append(Write(new TableEntity("d", $"{i}") { ["A"] = new byte[64 * 1024], ["B"] = new byte[64 * 1024], ["C"] = new string('x', 1_000_000) })).Append('\n');
        }

        List<string> batches = [];
        await foreach (var batch in RowBatches.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString())), "x", Token))
        {
            batches.Add($"{batch[0].PartitionKey}{batch.Count}");
            Assert.Single(batch.Select(row => row.PartitionKey).Distinct(StringComparer.Ordinal));
        }

        Assert.Equal(["a100", "b100", "b1", "c1", "d2", "d2", "d1"], batches);

        void Add(string partition, int count)
        {
            for (var i = 0; i < count; i++)
            {
                lines.Append(Write(new TableEntity(partition, $"{i}"))).Append('\n');
            }
        }
    }

    [Fact]
    public async Task A_line_that_is_no_row_is_named()
    {
        var end = await Assert.ThrowsAsync<AdminException>(async () =>
        {
            await foreach (var _ in RowBatches.ReadAsync(new MemoryStream("""{"PartitionKey":"p","RowKey":"r"}"""u8.ToArray().Concat("\nx\n"u8.ToArray()).ToArray()), "some file", Token))
            {
            }
        });

        Assert.Equal("Line 2 of some file is no row.", end.Message);
    }

    private static string Write(TableEntity row)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            RowJson.Write(json, row);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void AssertSame(TableEntity expected, TableEntity actual)
    {
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (name, value) in expected)
        {
            Assert.Equal(value.GetType(), actual[name].GetType());
            Assert.Equal(value, actual[name]);
        }
    }
}
