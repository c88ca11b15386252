using System.Text;
using CsCheck;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Jobs;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Tables of identities: no input makes the parser throw, and what it lets in can be made.</summary>
public sealed class TableFuzzTests
{
    private static readonly string[] Pieces =
    [
        "ID\n", "ID\n", "ID,Certificate\n", "ID, SSL Client Certificate\r\n", "ID,tag:site\n", "ID,tag:site,tag:site,Certificate\n", "ID,tag:\n", "tag:", "\uFEFF", "a\n", "b\r\n", "c,\n", "d,x\n", ",", "\"", "\"\"", "\n", "\r", "\r\n", ";", "\t", " ", "\0", "..\n", ".\n", "%2F\n", "é\n", "🦆\n",
        "\"-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\"\n", "\"a\nb\"\n",
    ];

    private static readonly Gen<byte[]> Valid = Inputs.WellFormed.Array[1, 8].Select(names => Encoding.UTF8.GetBytes("ID\n" + string.Join('\n', names.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));

    private static readonly Gen<byte[]> Tables = Gen.Frequency((3, Inputs.BytesOf(Pieces).Select(bytes => (byte[])[.. "ID\n"u8, .. bytes])), (3, Inputs.BytesOf(Pieces)), (2, Inputs.Damaged(Valid)), (1, Gen.Byte.Array[0, 200]));

    [Fact]
    public Task An_import_is_refused_as_a_whole_or_has_rows_that_can_be_or_say_why_not() => Tables.SampleAsync(
        async bytes =>
        {
            using var text = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true));
            if ((await JobCsv.ReadAsync(text, null, CancellationToken.None)).TryGet(out var rows, out var failure))
            {
                // What is stored of a row is read back as it was.
                Assert.All(rows, row => Assert.Equal(row.Tags.Count, JobWork.EditOf(row.TagNames, [], row.Tags).Add.Count));
                Assert.All(rows, row => Assert.Equal(row.Reason is null, row.Message is null));
            }
            else
            {
                Replies.Blame(failure);
            }
        },
        iter: LongRun.Inputs);

    [Fact, Spec("b.4/5")]
    public Task A_table_is_refused_or_gives_identities_that_can_be_each_once() => Tables.SampleAsync(
        async bytes =>
        {
            using var text = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(false, throwOnInvalidBytes: true));
            if ((await IdentityCsv.ReadAsync(text, null, new IdentityFormat(), CancellationToken.None)).TryGet(out var rows, out var failure))
            {
                Assert.Equal(rows.Count, rows.Select(row => row.Identity).Distinct().Count());
                Assert.All(rows, row => Assert.Null(IdentityRules.Check(row.Identity, row.Change)));
            }
            else
            {
                Replies.Blame(failure);
            }
        },
        iter: LongRun.Inputs);
}
