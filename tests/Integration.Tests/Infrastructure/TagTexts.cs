using Murano.Shared;
using Murano.Shared.Connectors;
using Murano.Shared.Storage;
using Murano.Shared.Tags;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Tags as tests write them, <c>name=value</c>, and what is done with them.</summary>
internal static class TagTexts
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<Outcome<Done>> ChangeAsync(Fleet fleet, Instance instance, string identity, TagEdit edit) =>
        await instance.Get<TagService>().ChangeAsync(await ConnectorAsync(fleet), Instance.Id(identity), edit, Token);

    public static async Task<IReadOnlyList<string>> TagsAsync(Fleet fleet, string identity) =>
        Texts(await fleet.One.Get<TagService>().GetAsync(await ConnectorAsync(fleet), Instance.Id(identity), Token).Ok());

    public static List<string> Texts(IEnumerable<Tag> tags) => [.. tags.OrderBy(TagKeys.Text, StringComparer.Ordinal).Select(tag => $"{tag.Name}={tag.Value}")];

    public static async Task<Connector> ConnectorAsync(Fleet fleet) => (await fleet.One.Connectors.FindAsync(fleet.Connector, Token))!;

    public static TagEdit Add(params string[] tags) => new() { Add = [.. tags.Select(Tag)] };

    public static TagEdit Replace(params string[] tags) => new() { Add = [.. tags.Select(Tag)], Drop = [.. tags.Select(tag => Tag(tag).Name)] };

    public static Tag Tag(string text)
    {
        var separator = text.IndexOf('=', StringComparison.Ordinal);
        Assert.True(TagName.TryParse(text[..separator], out var name));
        Assert.True(TagValue.TryParse(text[(separator + 1)..], out var value));
        return new(name, value);
    }

    /// <summary>The conditions <c>name</c>, <c>name=value</c> and <c>name=beginning*</c>.</summary>
    public static TagFilter Filter(params string[] conditions) => conditions.Aggregate(TagFilter.None, (filter, text) => filter.And(
        !text.Contains('=', StringComparison.Ordinal) ? TagCondition.Any(Tag(text + "=x").Name)
        : text.EndsWith('*') ? TagCondition.Begins(Tag(text[..^1]))
        : TagCondition.Is(Tag(text))));

    /// <summary>The index says what the devices' rows say, and no work is left.</summary>
    public static async Task AssertWholeAsync(Fleet fleet, int tags)
    {
        var rows = (await fleet.RowsAsync("devices"))
            .Where(row => row.RowKey.StartsWith("tag!", StringComparison.Ordinal))
            .Select(row => string.Join('!', (string[])[fleet.Connector.Value, row.RowKey["tag!".Length..], row.PartitionKey.Split('!')[1]]));
        var index = (await fleet.RowsAsync("tagindex")).Select(row => row.PartitionKey).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(string.Join('\n', rows.Order(StringComparer.Ordinal)), string.Join('\n', index));
        Assert.Equal(tags, index.Count);
        Assert.Empty(await fleet.RowsAsync("todo"));
    }
}
