using Azure.Core;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Access;
using Murano.Shared.Storage;

namespace Murano.Integration.Tests.Storage;

/// <summary>Whatever admins do to each other at once, one of them can still manage the rest.</summary>
public sealed class KeyRevocationTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_admins_who_revoke_each_other_at_once_one_is_left()
    {
        var prefix = Names.TablePrefix();
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        using var one = Instance.Create(azurite.ConnectionString, prefix, time);
        using var other = Instance.Create(azurite.ConnectionString, prefix, time);
        var (first, second) = (await SessionAsync(one, (await one.Get<Setup>().RunAsync(null, Token)).Operator), await SessionAsync(one, await one.Get<OperatorKeys>().CreateAsync("second", OperatorRole.Admin, null, null, Token).Ok()));
        var done = false;
        one.Probe.Before = async (_, request) =>
        {
            if (!done && request.Method == RequestMethod.Post)
            {
                done = true;
                await other.Get<OperatorKeys>().RevokeAsync(second, first.Id.Key!.Value, Token).Ok();
            }
        };

        var failure = (await one.Get<OperatorKeys>().RevokeAsync(first, second.Id.Key!.Value, Token)).Failed();

        Assert.True(done);
        Assert.Equal("last-admin", failure.Reason);
        Assert.Equal(second.Id.Key!.Value, Assert.Single(await one.Get<OperatorKeys>().ListAsync(second, Token)).Id);
    }

    private static async Task<OperatorSession> SessionAsync(Instance instance, OperatorCredential credential)
    {
        Assert.True(PresentedOperator.TryRead($"token {credential.Secret}", out var presented));
        return await instance.Get<OperatorAccess>().AuthenticateAsync(presented, Token).Ok();
    }
}
