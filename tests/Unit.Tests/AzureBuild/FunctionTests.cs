using System.Text.RegularExpressions;
using Murano.Functions;
using Murano.Functions.Fallback;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.AzureBuild;

/// <summary>The host tries HTTP functions in the order of their names, whatever the case of the letters, and the first that matches runs: nothing is more specific than anything else.</summary>
public sealed partial class FunctionTests
{
    private static readonly RouteTable Table = RouteTable.Of(typeof(MuranoFunctions).Assembly);

    [Fact]
    public void All_of_them_are_listed_in_the_hosts_order() => Repository.Expect(
        "tests/Unit.Tests/AzureBuild/functions.tsv",
        string.Concat(Table.Entries.Select(entry => $"{entry.Name}\t{string.Join(',', entry.Methods)}\t{entry.Template}\n")));

    [Fact, Spec("azure.1.7/1")]
    public void None_is_hidden_by_one_that_is_tried_before_it() => Assert.Empty(
        from entry in Table.Entries
        where !entry.TakesAll
        from method in entry.Methods
        let runs = Table.NameOf(method, Parameter().Replace(entry.Address, "x1"))
        where !string.Equals(runs, entry.Name, StringComparison.Ordinal)
        select $"{method} {entry.Template} of {entry.Name} is answered by {runs}");

    [Fact, Spec("azure.1.7/1")]
    public void What_takes_all_comes_last() => Assert.Equal([Table.Entries[^1]], Table.Entries.Where(entry => entry.TakesAll || entry.Methods.Count == 0));

    [GeneratedRegex("\\{[^}]+\\}")]
    private static partial Regex Parameter();
}
