using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Murano.Unit.Tests.Documents;

/// <summary>Ids of log messages: one meaning each, in the blocks that docs/architecture.md gives out.</summary>
public sealed partial class EventIdTests
{
    [Fact]
    public void Each_id_has_one_message() =>
        Assert.Empty(Messages().GroupBy(message => message.Id).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(message => message.Owner))}"));

    [Fact]
    public void Each_id_lies_in_the_block_of_its_owner()
    {
        var blocks = Blocks();

        Assert.NotEmpty(blocks);
        Assert.DoesNotContain(Messages(), message => !blocks.Exists(block => block.First <= message.Id && message.Id <= block.Last && IsIn(message.Owner, block.Owner)));
    }

    [Fact]
    public void Blocks_do_not_overlap()
    {
        var blocks = Blocks().OrderBy(block => block.First).ToList();

        Assert.All(blocks.Zip(blocks.Skip(1)), pair => Assert.True(pair.First.Last < pair.Second.First));
    }

    private static bool IsIn(string type, string owner) => type.StartsWith(owner, StringComparison.Ordinal) && (type.Length == owner.Length || type[owner.Length] is '.' or '+');

    private static List<(int Id, string Owner)> Messages() =>
    [
        .. from assembly in Product.Assemblies
           from type in assembly.GetTypes()
           from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
           let message = method.GetCustomAttribute<LoggerMessageAttribute>()
           where message is not null
           select (message.EventId, type.FullName!),
    ];

    private static List<(int First, int Last, string Owner)> Blocks() =>
    [
        .. Repository.Read("docs/architecture.md").Split('\n').Select(line => Block().Match(line)).Where(match => match.Success).Select(match => (
            int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture),
            match.Groups[3].Value)),
    ];

    [GeneratedRegex("^\\| ([0-9]{4})-([0-9]{4}) \\|[^|]*\\| `([A-Za-z.]+)` \\|$")]
    private static partial Regex Block();
}
