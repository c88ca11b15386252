using System.Text.RegularExpressions;
using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Documents;

/// <summary>docs/storage-schema.md shows the tables, rows and properties that the stores write, and no others.</summary>
public sealed partial class StorageSchemaTests
{
    [Fact]
    public void Every_table_has_its_section()
    {
        using var stored = new StoredRows();

        Assert.Equal(stored.TableNames.Order(StringComparer.Ordinal), Document().Select(line => Table().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_property_that_is_written_stands_in_the_document_and_no_other()
    {
        using var stored = new StoredRows();
        var written = from row in await stored.WriteAllAsync()
                      from property in row.Properties
                      select $"{row.Table}, {(row.Table is "credentials" or "directory" ? "{PartitionKey}" : Kind(row.RowKey))}: {property.Key} {property.Value}";

        Assert.Equal(written.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal), Described().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_store_is_held_to_the_document() => Assert.Equal(
        typeof(Tables).Assembly.GetTypes().Where(type => Store().IsMatch(type.Name)).Select(type => type.Name).Order(StringComparer.Ordinal),
        StoredRows.Stores.Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_container_of_files_and_its_metadata_stand_in_the_document()
    {
        using var stored = new StoredRows();
        var (container, metadata) = await stored.WriteContentAsync();
        using var others = new StoredRows();
        var letters = await others.WriteDeadLetterAsync();
        var lines = Document().SkipWhile(line => !line.StartsWith("## Container `", StringComparison.Ordinal)).ToList();

        Assert.Equal("murano-content-sample", container);
        Assert.Equal("## Container `{prefix}-content-{connector}`", lines[0]);
        Assert.Equal(
            metadata.Concat(letters).Order(StringComparer.Ordinal),
            lines.Skip(1).TakeWhile(line => !line.StartsWith('#')).Select(line => Metadata().Match(line)).Where(match => match.Success).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal));
    }

    private static string[] Document() => Repository.Read("docs/storage-schema.md").Split('\n');

    // The documents write a row's kind as its key with what varies in braces: live!{credential id}.
    private static string Kind(string rowKey) => rowKey.Split('!')[0] switch
    {
        "live" => "live!{credential id}",
        "state" => "state!{alias}",
        "resource" => "resource!{alias}",
        "device" => "device!{device}",
        "events" => "events!{device}",
        "outbox" => "outbox!{sequence}",
        "job" => "job!{id}",
        "watch" => "watch!{scope}",
        "sample123456" => rowKey.Contains('!', StringComparison.Ordinal) ? "{key id}!{end}!{hash}" : "{key id}",
        var inverted when inverted.Length == 19 && inverted.All(char.IsAsciiDigit) => "{inverted time}!{random}",
        var due when due.Length == 12 && due.All(char.IsAsciiDigit) => "{due}!{operation id}",
        var whole => whole,
    };

    private static IEnumerable<string> Described()
    {
        var row = "";
        foreach (var line in Document())
        {
            if (line.StartsWith('#'))
            {
                row = Row().Match(line) is { Success: true } heading ? $"{heading.Groups[1].Value}, {heading.Groups[2].Value}" : "";
            }
            else if (row.Length > 0 && Property().Match(line) is { Success: true } property)
            {
                yield return $"{row}: {property.Groups[1].Value} {property.Groups[2].Value}";
            }
        }
    }

    [GeneratedRegex("^## Table `([a-z]+)`$")]
    private static partial Regex Table();

    [GeneratedRegex("^### `([a-z]+)`, row `([^`]+)`$")]
    private static partial Regex Row();

    [GeneratedRegex("^\\| `([A-Za-z]+)` \\| ([a-z0-9]+) \\|")]
    private static partial Regex Property();

    [GeneratedRegex("^\\| metadata `([a-z0-9]+)` \\|")]
    private static partial Regex Metadata();

    [GeneratedRegex("^(Table|Blob)[A-Za-z]+Store$")]
    private static partial Regex Store();
}
