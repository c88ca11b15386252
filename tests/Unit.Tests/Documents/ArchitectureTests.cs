using System.Text.RegularExpressions;
using System.Xml.Linq;
using Murano.Shared;

namespace Murano.Unit.Tests.Documents;

/// <summary>Who may know whom (docs/architecture.md).</summary>
public sealed partial class ArchitectureTests
{
    private const int LongestFile = 400;

    private static readonly string[] Walls = ["src/Shared/Storage/", "src/Shared/Realtime/", "src/Shared/Events/Delivery/", "src/Functions/Realtime/", "src/Functions/Telemetry/"];
    private static readonly string[] Http = ["Microsoft.AspNetCore", "Microsoft.Azure.Functions", "Murano.Functions", "Murano.LocalHost"];

    [Fact]
    public void Azure_types_stop_at_the_walls() => Assert.Empty(
        from file in Repository.Files("src/Shared", "*.cs").Concat(Repository.Files("src/Functions", "*.cs")).Select(file => (Name: Repository.NameOf(file), Text: File.ReadAllText(file)))
        where !Walls.Any(wall => file.Name.StartsWith(wall, StringComparison.Ordinal)) && UsesAzure().IsMatch(file.Text)
        select file.Name);

    [Fact]
    public void Shared_knows_neither_http_nor_the_functions_host()
    {
        var references = typeof(MuranoServices).Assembly.GetReferencedAssemblies().Select(reference => reference.Name!).Concat(Declared("src/Shared/Shared.csproj"));

        Assert.DoesNotContain(references, reference => Http.Any(http => reference.StartsWith(http, StringComparison.Ordinal)));
    }

    [Fact]
    public void No_source_file_is_too_long() => Assert.Empty(
        from pattern in (string[])["*.cs", "*.cjs", "*.ts", "*.tsx"]
        from file in Repository.Files("src", pattern)
        let lines = File.ReadLines(file).Count()
        where lines > LongestFile
        select $"{Repository.NameOf(file)}: {lines} lines");

    private static IEnumerable<string> Declared(string project) =>
        from item in XDocument.Load(Repository.PathOf(project)).Descendants()
        where item.Name.LocalName is "PackageReference" or "ProjectReference" or "FrameworkReference"
        select item.Attribute("Include")!.Value;

    // Microsoft.Azure.Functions begins otherwise, so the app's own attributes are not meant.
    [GeneratedRegex("^\\s*(?:global )?using (?:static )?(?:[A-Za-z]+ = )?Azure[.;]", RegexOptions.Multiline)]
    private static partial Regex UsesAzure();
}
