using System.Text.RegularExpressions;

namespace Murano.Unit.Tests.Documents;

/// <summary>docs/configuration.md names every setting there is, with its default and bounds, and no document names one that does not exist.</summary>
public sealed partial class ConfigurationDocumentTests
{
    private const string File = "docs/configuration.md";

    // Settings of the platform, not of an options class.
    private static readonly string[] Platform = ["AzureWebJobsStorage__", "AzureFunctionsWebHost__", "Logging__LogLevel__", "Logging__OpenTelemetry__"];

    [Fact]
    public void Every_setting_stands_in_the_document_with_its_default()
    {
        var written = Rows().Select(row => $"{row["key"].Value} = {Default(row["default"].Value)}");

        Assert.Equal(Product.Options.Select(option => $"{option.Key} = {option.Default}"), written.Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    [Fact]
    public void Every_range_stands_in_the_document()
    {
        var written = Rows().ToDictionary(row => row["key"].Value, row => row["bounds"].Value.Trim(), StringComparer.Ordinal);

        Assert.DoesNotContain(Product.Options, option => option.Bounds is { } bounds && !string.Equals(written.GetValueOrDefault(option.Key), bounds, StringComparison.Ordinal));
    }

    [Fact]
    public void No_document_names_a_setting_that_does_not_exist()
    {
        var known = Product.Options.Select(option => option.Key).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(
            from file in Repository.Files("", "*.md")
            from name in Setting().Matches(System.IO.File.ReadAllText(file)).Select(match => match.Value)
            where !known.Contains(name) && !Platform.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))
            select $"{Repository.NameOf(file)}: {name}");
    }

    private static IEnumerable<GroupCollection> Rows() => Repository.Read(File).Split('\n').Select(line => Row().Match(line)).Where(match => match.Success && !IsPlatform(match)).Select(match => match.Groups);

    private static bool IsPlatform(Match match) => Platform.Any(prefix => match.Groups["key"].Value.StartsWith(prefix, StringComparison.Ordinal));

    private static string Default(string cell) => cell.Trim() is "(empty)" ? "" : cell.Trim().Trim('`');

    [GeneratedRegex("^\\| `(?<key>[A-Za-z]+__[A-Za-z_]+)` \\|(?<default>[^|]*)\\|(?<bounds>[^|]*)\\|[^|]+\\|$")]
    private static partial Regex Row();

    [GeneratedRegex("\\b[A-Z][A-Za-z]+__[A-Za-z_]+")]
    private static partial Regex Setting();
}
