using System.Globalization;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Identities;
using Murano.Shared.Storage;
using Murano.Shared.Tags;
using static Murano.Integration.Tests.Infrastructure.TagTexts;

namespace Murano.Integration.Tests.Devices;

/// <summary>Names and values in use against a model.</summary>
public sealed class TagModelTests(AzuriteFixture azurite)
{
    private static int Operations => LongRun.Of(1_000, 10_000);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Random changes and deletes on two instances; after each, what is shown equals a model.</summary>
    [Fact]
    public async Task Tags_and_counts_equal_a_model_after_each_of_many_random_operations()
    {
        const int Seed = 4242;
        string[] identities = ["sn-1", "sn-10", "SN-1", "a!b", "a*b", "ü"];
        string[] names = ["a", "ab", "a!", "a*", "ü", "A"];
        string[] values = ["1", "10", "1!", "1,2", "*21", "汉"];
        await using var fleet = await Fleet.StartAsync(azurite);
        Instance[] instances = [fleet.One, fleet.Scale()];
        var connector = await ConnectorAsync(fleet);
        var random = new Random(Seed);
        Dictionary<string, HashSet<Tag>> model = new(StringComparer.Ordinal);

        for (var operation = 0; operation < Operations; operation++)
        {
            var (instance, identity) = (Pick(instances), Pick(identities));
            var (tags, kind) = (instance.Get<TagService>(), random.Next(20));
            if (!model.TryGetValue(identity, out var has))
            {
                Assert.Equal("unknown-identity", await ChangeAsync(fleet, instance, identity, Add("a=1")).FailedAsync());
                await instance.PutAsync(fleet.Connector, identity, new IdentityChange()).Ok();
                model[identity] = has = [];
            }
            else if (kind == 0)
            {
                await instance.DeleteAsync(fleet.Connector, identity).Ok();
                model.Remove(identity);
            }
            else
            {
                Tag[] some = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Tag($"{Pick(names)}={Pick(values)}"))];
                var name = Tag($"{Pick(names)}=1").Name;
                var edit = kind switch
                {
                    < 10 => new TagEdit { Add = some },
                    < 13 => new TagEdit { Add = some, Drop = [.. some.Select(tag => tag.Name)] },
                    < 17 => new TagEdit { Remove = some },
                    _ => new TagEdit { Drop = [name] },
                };
                await ChangeAsync(fleet, instance, identity, edit).Ok();
                has.RemoveWhere(tag => edit.Drop.Contains(tag.Name) || edit.Remove.Contains(tag));
                has.UnionWith(edit.Add);
            }

            var reader = Pick(instances).Get<TagService>();
            var asked = Tag($"{Pick(names)}=1").Name;
            var what = string.Create(CultureInfo.InvariantCulture, $"operation {operation} of seed {Seed}");
            Assert.Equal((what, ByName(model)), (what, Show(await reader.ListNamesAsync(connector, new TagQuery(), Token))));
            Assert.Equal((what, ByValue(model, asked)), (what, Show(await reader.ListValuesAsync(connector, asked, new TagQuery(), Token))));
            if (model.TryGetValue(identity, out has))
            {
                Assert.Equal((what, string.Join(' ', Texts(has))), (what, string.Join(' ', await TagsAsync(fleet, identity))));
            }

            if (operation % 100 == 0)
            {
                await AssertWholeAsync(fleet, model.Values.Sum(device => device.Count));
                Assert.Equal(ByName(model), await PagedAsync(after => reader.ListNamesAsync(connector, new TagQuery { Limit = 2, After = after }, Token)));
                Assert.Equal(ByValue(model, asked), await PagedAsync(after => reader.ListValuesAsync(connector, asked, new TagQuery { Limit = 1, After = after }, Token)));
                Assert.Equal(
                    string.Join(' ', ByName(model).Split(' ').Select(text => text.Split('=')[0])),
                    (await PagedAsync(after => reader.ListNamesAsync(connector, new TagQuery { Limit = 2, After = after, Counts = false }, Token))).Replace("=", "", StringComparison.Ordinal));
            }
        }

        T Pick<T>(T[] from) => from[random.Next(from.Length)];
    }

    private static string ByName(Dictionary<string, HashSet<Tag>> model) => string.Join(' ', model.Values
        .SelectMany(tags => tags.Select(tag => tag.Name).Distinct())
        .GroupBy(name => name)
        .OrderBy(name => KeyCodec.Encode(name.Key.Value), StringComparer.Ordinal)
        .Select(name => $"{name.Key}={name.Count()}"));

    private static string ByValue(Dictionary<string, HashSet<Tag>> model, TagName asked) => string.Join(' ', model.Values
        .SelectMany(tags => tags.Where(tag => tag.Name == asked))
        .GroupBy(tag => tag.Value)
        .OrderBy(value => KeyCodec.Encode(value.Key.Value), StringComparer.Ordinal)
        .Select(value => $"{value.Key}={value.Count()}"));

    private static string Show(TagCountPage page) => string.Join(' ', page.Counts.Select(count => $"{count.Text}={count.Devices}"));

    private static async Task<string> PagedAsync(Func<string?, Task<TagCountPage>> load)
    {
        List<string> pages = [];
        var page = await load(null);
        while (true)
        {
            pages.Add(Show(page));
            if (!page.MayLoadMore)
            {
                return string.Join(' ', pages);
            }

            page = await load(page.Counts[^1].Text);
        }
    }
}
