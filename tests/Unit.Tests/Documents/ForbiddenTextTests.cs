using System.Text;
using System.Text.RegularExpressions;

namespace Murano.Unit.Tests.Documents;

/// <summary>What no file of the repository may hold, because it is true on one machine only.</summary>
public sealed partial class ForbiddenTextTests
{
    [Fact]
    public void No_file_names_a_folder_of_one_machine() => Assert.Empty(Hits(MachinePath()));

    [Fact]
    public void No_file_names_the_host_of_a_package_registry() => Assert.Empty(Hits(Registry()));

    private static IEnumerable<string> Hits(Regex forbidden) =>
        from file in Repository.Files("", "*")
        let bytes = File.ReadAllBytes(file)
        where !bytes.Contains((byte)0)
        from hit in forbidden.Matches(Encoding.UTF8.GetString(bytes)).Select(match => match.Value)
        select $"{Repository.NameOf(file)}: {hit}";

    [GeneratedRegex("(?<![A-Za-z0-9_.:/-])(?:/(?:tmp|work|root|home|Users)/[A-Za-z0-9._-]+|[A-Z]:\\\\Users\\\\[A-Za-z0-9._-]+)")]
    private static partial Regex MachinePath();

    [GeneratedRegex("nuget\\.org|npmjs\\.(?:org|com)|yarnpkg\\.com", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();
}
