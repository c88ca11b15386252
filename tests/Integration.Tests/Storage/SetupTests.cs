using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Storage;

public sealed class SetupTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Instance Create(string prefix) => Instance.Create(azurite.ConnectionString, prefix, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56)));

    [Fact]
    public async Task Running_it_again_changes_nothing()
    {
        var prefix = Names.TablePrefix();
        using var one = Create(prefix);
        using var two = Create(prefix);
        var first = await one.Get<Setup>().RunAsync(null, Token);
        var before = await one.DumpAsync();

        var second = await two.Get<Setup>().RunAsync(first.Operator, Token);

        Assert.Equal(first, second);
        Assert.Equal(before, await one.DumpAsync(), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Several_at_once_make_one_connector_and_each_gets_a_key_that_holds()
    {
        var prefix = Names.TablePrefix();
        var instances = Enumerable.Range(0, 4).Select(_ => Create(prefix)).ToArray();

        var results = await Task.WhenAll(instances.Select(instance => instance.Get<Setup>().RunAsync(null, Token)));

        Assert.Single(results.Select(result => result.Connector).Distinct());
        Assert.Single(await instances[0].Connectors.ListAsync(Token));
        Assert.Equal(2, (await instances[0].Connectors.FindOnlyAsync(Token))!.Resources.Count);
        foreach (var result in results)
        {
            Assert.True(PresentedOperator.TryRead($"token {result.Operator.Secret}", out var presented));
            var session = await instances[0].Get<OperatorAccess>().AuthenticateAsync(presented, Token).Ok();
            Assert.Equal(OperatorRole.Admin, session.Role);
        }

        Array.ForEach(instances, instance => instance.Dispose());
    }

    [Fact]
    public async Task A_key_that_storage_does_not_know_is_replaced()
    {
        using var instance = Create(Names.TablePrefix());
        var first = await instance.Get<Setup>().RunAsync(new OperatorCredential("admin", "msk_abcdefghijkl_" + new string('x', 43)), Token);
        var other = await instance.Get<OperatorKeys>().CreateAsync("viewer", OperatorRole.Viewer, null, null, Token).Ok();

        Assert.NotEqual(first.Operator, (await instance.Get<Setup>().RunAsync(other, Token)).Operator);
        Assert.Equal(first.Operator, (await instance.Get<Setup>().RunAsync(first.Operator, Token)).Operator);
        Assert.NotEqual(first.Operator, (await instance.Get<Setup>().RunAsync(first.Operator with { Secret = first.Operator.Secret[..^3] + "abc" }, Token)).Operator);
    }

    [Fact]
    public async Task A_newer_schema_is_refused_in_one_sentence()
    {
        using var instance = Create(Names.TablePrefix());
        await instance.Get<Setup>().RunAsync(null, Token);
        await instance.Tables.Access.UpdateEntityAsync(new TableEntity("schema", "version") { ["Version"] = 99 }, ETag.All, TableUpdateMode.Merge, Token);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => instance.Get<Setup>().RunAsync(null, Token));

        Assert.Equal("Storage has schema version 99, this program knows up to 1: run the program that wrote it, or a newer one.", fault.Message);
    }

    [Fact]
    public async Task Secrets_are_stored_as_hashes_only()
    {
        using var instance = Create(Names.TablePrefix());
        var result = await instance.Get<Setup>().RunAsync(null, Token);

        Assert.DoesNotContain(await instance.DumpAsync(), row => row.Contains(result.Operator.Secret[17..], StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_revoked_key_ends_on_other_instances_within_ten_seconds()
    {
        await using var fleet = await Fleet.StartAsync(azurite);
        var (one, two) = (fleet.One, fleet.Scale());
        var credential = await one.Get<OperatorKeys>().CreateAsync("ann", OperatorRole.Admin, null, null, Token).Ok();
        Assert.True(PresentedOperator.TryRead($"token {credential.Secret}", out var presented));
        Assert.True(OperatorKeyId.TryParse(credential.Secret[4..16], out var id));
        await two.Get<OperatorAccess>().AuthenticateAsync(presented, Token).Ok();

        await one.Get<OperatorKeys>().RevokeAsync(id, Token);

        Assert.Equal("unknown-key", await one.Get<OperatorAccess>().AuthenticateAsync(presented, Token).FailedAsync());
        fleet.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("unknown-key", await two.Get<OperatorAccess>().AuthenticateAsync(presented, Token).FailedAsync());
    }
}
