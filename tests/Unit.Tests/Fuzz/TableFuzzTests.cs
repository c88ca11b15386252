using System.Text;
using CsCheck;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Jobs;
using Murano.Shared.Tags;

namespace Murano.Unit.Tests.Fuzz;

/// <summary>Tables of identities: no input makes the parser throw, and what it lets in can be made.</summary>
public sealed class TableFuzzTests
{
    private static readonly string[] Pieces =
    [
        "ID\n", "ID\n", "ID,Certificate\n", "ID, SSL Client Certificate\r\n", "ID,tag:site\n", "ID,tag:site,tag:site,Certificate\n", "ID,locked,auth,expire\n", "x,true,token,1\n", "y,FALSE,cik,-1\n", "z,,certificate,\n", "ID,tag:\n", "tag:", "\uFEFF", "a\n", "b\r\n", "c,\n", "d,x\n", ",", "\"", "\"\"", "\n", "\r", "\r\n", ";", "\t", " ", "\0", "..\n", ".\n", "%2F\n", "é\n", "🦆\n",
        "\"-----BEGIN CERTIFICATE-----\n", "-----END CERTIFICATE-----\"\n", "\"a\nb\"\n",
    ];

    private static readonly Gen<byte[]> Valid = Inputs.WellFormed.Array[1, 8].Select(names => Encoding.UTF8.GetBytes("ID\n" + string.Join('\n', names.Select(name => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))));

    private static readonly Gen<byte[]> Tables = Gen.Frequency((3, Inputs.BytesOf(Pieces).Select(bytes => (byte[])[.. "ID\n"u8, .. bytes])), (3, Inputs.BytesOf(Pieces)), (2, Inputs.Damaged(Valid)), (1, Gen.Byte.Array[0, 200]));

    private static readonly Gen<JobRow> Exported = Gen.Select(
        Gen.Frequency((1, Inputs.OneOf("a", "é", "a b", "\"q\"", "=1+1", "a,b")), (2, Inputs.WellFormed)).Where(text => IdentityId.TryParse(text, out _)),
        Gen.Bool,
        Inputs.OneOf(Enum.GetValues<AuthType>()),
        Gen.Long[0, long.MaxValue],
        Gen.Select(Inputs.OneOf("site", "a,b", "q\"", " x"), Gen.Frequency((1, Inputs.OneOf("berlin", " berlin ", "\"", ",", "'", "=1")), (2, Inputs.WellFormed))).Array[0, 6],
        (identity, locked, auth, expire, tags) => new JobRow
        {
            Identity = identity,
            Locked = locked,
            AuthType = auth,
            Expire = expire,
            Tags = [.. tags.Where(tag => TagName.TryParse(tag.Item1, out _) && TagValue.TryParse(tag.Item2, out _)).Distinct().Select(tag => new JobTag(tag.Item1, tag.Item2))],
        });

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

    [Fact]
    public Task What_is_written_as_a_table_is_read_as_it_was() => Gen.Select(Exported, Exported, Exported).SampleAsync(
        async (one, two, three) =>
        {
            JobResult[] results = [.. ((JobRow[])[one, two, three]).Select(row => new JobResult { Identity = row.Identity, Outcome = JobOutcome.Unchanged, Row = row })];
            Assert.True((await JobCsv.ColumnsAsync(JobKind.Export, results.ToAsyncEnumerable())).TryGet(out var columns, out _));
            var table = await JobCsv.WriteAsync(columns, null) + await JobCsv.WriteAsync(columns, results[..2]) + await JobCsv.WriteAsync(columns, results[2..]);
            Assert.True((await JobCsv.ReadAsync(new StringReader(table), null, CancellationToken.None)).TryGet(out var rows, out _), table);
            Assert.Equal(results.Select(result => Text(result.Row!)), rows.Select(Text), StringComparer.Ordinal);
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

    // In the order of the columns, which is that of the names.
    private static string Text(JobRow row) =>
        $"{row.Identity} {row.Locked} {row.AuthType} {(row.Expire is > 0 ? row.Expire : null)} {string.Join('|', row.Tags.OrderBy(tag => tag.Name, StringComparer.Ordinal).Select(tag => $"{tag.Name}={tag.Value}"))} {row.Reason}";
}
