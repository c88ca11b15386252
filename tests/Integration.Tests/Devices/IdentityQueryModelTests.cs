using Murano.Integration.Tests.Infrastructure;
using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Identities;
using Murano.Shared.Tags;
using static Murano.Integration.Tests.Infrastructure.TagTexts;

namespace Murano.Integration.Tests.Devices;

/// <summary>After each of many random operations a random query is asked, of an instance that may not have done any of them, and compared with a model.</summary>
public sealed class IdentityQueryModelTests(AzuriteFixture azurite)
{
    private const int Identities = 40;
    private const long FiveMinutes = 300_000_000;

    private static readonly string[] SomeTags = ["a=1", "a=10", "a=2", "ab=1", "b=1"];
    private static readonly string[] SomeConditions = ["a", "a=1", "a=1*", "a=2", "ab", "b=1", "b=x", "c"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_equals_the_model_after_each_operation()
    {
        var operations = LongRun.Of(1_000, 10_000);
        const int Seed = 20261123;
        var random = new Random(Seed);
        await using var fleet = await Fleet.StartAsync(azurite);
        Instance[] instances = [fleet.One, fleet.Scale()];
        SortedDictionary<string, Modelled> model = new(StringComparer.Ordinal);
        for (var i = 0; i < operations; i++)
        {
            fleet.Time.Advance(TimeSpan.FromSeconds(random.Next(1, 1200)));
            var now = fleet.Time.GetUtcNow().ToUnixMicros();
            var done = await OperateAsync(fleet, instances[random.Next(2)], model, random, now);
            foreach (var (identity, device) in model.Where(entry => entry.Value.Expire > 0 && entry.Value.Expire <= now && entry.Value.Status == DeviceStatus.Whitelisted).ToList())
            {
                model[identity] = device with { Status = DeviceStatus.Expired };
            }

            var (query, expected) = Ask(model, random, now);
            var connector = (await instances[random.Next(2)].Connectors.FindAsync(fleet.Connector, Token))!;
            List<string> found = [];
            string? cursor = null;
            do
            {
                var page = await instances[random.Next(2)].Get<IdentityList>().ListAsync(connector, query with { Cursor = cursor }, Token).Ok();
                found.AddRange(page.Devices.Select(device => device.Identity.Value));
                cursor = page.Next;
            }
            while (cursor is not null);

            Assert.True(expected.SequenceEqual(found, StringComparer.Ordinal), $"operation {i} ({done}), seed {Seed}, {query}: expected {string.Join(' ', expected)}, found {string.Join(' ', found)}");
            Assert.Equal(expected.Count, await instances[random.Next(2)].Get<IdentityList>().CountAsync(connector, query.Filter, Token));
        }

        await AssertWholeAsync(fleet, model.Values.Sum(device => device.Tags.Count));
        Assert.Equal(model.Count, (await fleet.RowsAsync("directory")).Count);
        Assert.Equal(model.Count, (await fleet.RowsAsync("recency")).Count);
    }

    private static async Task<string> OperateAsync(Fleet fleet, Instance instance, SortedDictionary<string, Modelled> model, Random random, long now)
    {
        var identity = $"{(char)('a' + random.Next(4))}{random.Next(Identities / 4)}";
        var known = model.GetValueOrDefault(identity);
        switch (random.Next(10))
        {
            case 0:
                var expire = random.Next(3) == 0 ? now + (random.Next(1, 20) * 600_000_000L) : 0;
                if (known is null)
                {
                    await instance.PutAsync(fleet.Connector, identity, new IdentityChange { Expire = expire }).Ok();
                    model[identity] = new Modelled { Created = now, Expire = expire };
                }

                return $"put {identity}";
            case 1:
                if (known is { Locked: false, Status: DeviceStatus.Whitelisted } or null)
                {
                    var token = await instance.ActivateAsync(identity).Ok();
                    model[identity] = (known ?? new Modelled { Created = now }) with { Status = DeviceStatus.Provisioned, Reprovision = false, Seen = now, DeviceToken = token };
                }

                return $"activate {identity}";
            case 2 when known is not null:
                var locked = random.Next(2) == 0;
                await instance.PatchAsync(fleet.Connector, identity, new IdentityChange { Locked = locked }).Ok();
                model[identity] = known with { Locked = locked };
                return $"lock {identity} {locked}";
            case 3 when known is not null:
                var reprovision = random.Next(2) == 0;
                await instance.PatchAsync(fleet.Connector, identity, new IdentityChange { Reprovision = reprovision }).Ok();
                model[identity] = known with { Reprovision = reprovision };
                return $"reprovision {identity} {reprovision}";
            case 4 when known is not null && random.Next(3) == 0:
                await instance.DeleteAsync(fleet.Connector, identity).Ok();
                model.Remove(identity);
                return $"delete {identity}";
            case 5 when known is { Status: DeviceStatus.Provisioned } && random.Next(3) == 0:
                await instance.PatchAsync(fleet.Connector, identity, new IdentityChange { Expire = 0 }).Ok();
                model[identity] = known with { Status = DeviceStatus.Whitelisted, Expire = 0, Reprovision = false, DeviceToken = null };
                return $"revoke {identity}";
            case 8 or 9 when known is not null:
                Tag[] tags = [.. random.GetItems(SomeTags, random.Next(1, 3)).Select(Tag)];
                var edit = random.Next(3) switch
                {
                    0 => new TagEdit { Remove = tags },
                    1 => new TagEdit { Add = tags, Drop = [.. tags.Select(tag => tag.Name)] },
                    _ => new TagEdit { Add = tags },
                };
                await ChangeAsync(fleet, instance, identity, edit).Ok();
                model[identity] = known with { Tags = [.. known.Tags.Where(tag => !edit.Drop.Contains(tag.Name)).Except(edit.Remove).Union(edit.Add)] };
                return $"tag {identity} {string.Join(' ', Texts(model[identity].Tags))}";
            default:
                if (known is { DeviceToken: { } own, Locked: false })
                {
                    await instance.WriteAsync(own, ("temp", "1")).Ok();
                    model[identity] = known with { Seen = now };
                }

                return $"write {identity}";
        }
    }

    private static (IdentityQuery Query, List<string> Expected) Ask(SortedDictionary<string, Modelled> model, Random random, long now)
    {
        var filter = new IdentityFilter();
        IEnumerable<KeyValuePair<string, Modelled>> left = model;
        if (random.Next(3) == 0)
        {
            var status = (DeviceStatus)random.Next(3);
            filter = filter with { Status = status };
            left = left.Where(entry => entry.Value.Status == status);
        }

        if (random.Next(4) == 0)
        {
            var locked = random.Next(2) == 0;
            filter = filter with { Locked = locked };
            left = left.Where(entry => entry.Value.Locked == locked);
        }

        if (random.Next(4) == 0)
        {
            var reprovision = random.Next(2) == 0;
            filter = filter with { Reprovision = reprovision };
            left = left.Where(entry => entry.Value.Reprovision == reprovision);
        }

        if (random.Next(4) == 0)
        {
            var online = random.Next(2) == 0;
            filter = filter with { Online = online };
            left = left.Where(entry => online == (entry.Value is { Status: DeviceStatus.Provisioned, Locked: false, Seen: > 0 and var seen } && now < seen + FiveMinutes));
        }

        if (random.Next(4) == 0)
        {
            var first = (char)('a' + random.Next(4));
            filter = filter with { Identity = IdentityListTests.Pattern(random.Next(2) == 0 ? $"{first}*" : $"^{first}") };
            left = left.Where(entry => entry.Key[0] == first);
        }

        if (random.Next(2) == 0)
        {
            var tags = Filter(random.GetItems(SomeConditions, random.Next(1, 3)));
            filter = filter with { Tags = tags };
            left = left.Where(entry => tags.Matches(entry.Value.Tags));
        }

        var order = (IdentityOrder)random.Next(2);
        var expected = order == IdentityOrder.Identity
            ? left.Select(entry => entry.Key)
            : left.Where(entry => entry.Value.Seen > 0).OrderByDescending(entry => entry.Value.Seen).Concat(left.Where(entry => entry.Value.Seen == 0).OrderBy(entry => entry.Value.Created)).Select(entry => entry.Key);
        return (new IdentityQuery { Filter = filter, Order = order, Limit = random.Next(1, 30) }, [.. expected]);
    }

    private sealed record Modelled
    {
        public DeviceStatus Status { get; init; } = DeviceStatus.Whitelisted;

        public bool Locked { get; init; }

        public bool Reprovision { get; init; }

        public long Expire { get; init; }

        public long Created { get; init; }

        public long Seen { get; init; }

        public DeviceToken? DeviceToken { get; init; }

        public IReadOnlyList<Tag> Tags { get; init; } = [];
    }
}
