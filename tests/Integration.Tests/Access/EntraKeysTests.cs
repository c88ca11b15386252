using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.ManagementApi;
using Murano.Shared;
using Murano.Shared.Access;

namespace Murano.Integration.Tests.Access;

/// <summary>Where the keys come from that tokens are signed with, and what happens while they are not to be had. The clock is the test's.</summary>
public sealed class EntraKeysTests(AzuriteFixture azurite)
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_issuer_is_down_nobody_is_let_in_and_nobody_is_turned_away()
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        await using var app = await ManagementApp.StartAsync(azurite, new TestAppOptions { Settings = issuer.Settings, Time = _time });
        issuer.Instead = Down;

        using (var refused = await app.SendAsync("GET", $"/api:1/service/{app.Connector}/device2", null, $"Bearer {issuer.TokenOf("admin")}"))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (refused.StatusCode, refused.Headers.RetryAfter?.Delta));
            Assert.Contains("entra-unavailable", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "")).Status); // keys of our own do not depend on it
        issuer.Instead = null;
        await app.RefusedAsync(503, "entra-unavailable", "GET", "", authorization: $"Bearer {issuer.TokenOf("admin")}");
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(HttpStatusCode.OK, (await app.CallAsync("GET", "", authorization: $"Bearer {issuer.TokenOf("admin")}")).Status);
        Assert.Contains(app.App.Log.Lines, line => line.Contains("[1701]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_issuer_that_nobody_listens_for_is_down()
    {
        var issuer = await LocalIssuer.StartAsync(_time);
        using var instance = Start(issuer);
        var token = issuer.TokenOf("viewer");
        await issuer.DisposeAsync();

        Assert.IsType<Failure.Busy>((await AskAsync(instance, token)).Failed());
    }

    [Fact]
    public async Task Keys_that_are_known_are_used_for_a_day_without_the_issuer_and_no_longer()
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        issuer.Lifetime = TimeSpan.FromDays(3);
        using var instance = Start(issuer);
        await AskAsync(instance, issuer.TokenOf("viewer")).Ok();
        issuer.Instead = Down;

        _time.Advance(EntraKeys.RefreshAfter - TimeSpan.FromSeconds(1));
        await AskAsync(instance, issuer.TokenOf("viewer")).Ok();
        Assert.Equal(2, issuer.Requests.Count);
        _time.Advance(TimeSpan.FromSeconds(1));
        await AskAsync(instance, issuer.TokenOf("viewer")).Ok();
        await Eventually.TrueAsync(() => issuer.Requests.Count == 3, "somebody asks for new ones");
        _time.Advance(EntraKeys.KeepFor - EntraKeys.RefreshAfter);
        Assert.Equal("entra-unavailable", (await AskAsync(instance, issuer.TokenOf("viewer"))).Failed().Reason);
        issuer.Instead = null;
        _time.Advance(EntraKeys.TryAgain);
        await AskAsync(instance, issuer.TokenOf("viewer")).Ok();
    }

    [Fact]
    public async Task A_new_key_is_learned_of_once_a_minute_at_most_and_the_old_one_ends()
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        using var instance = Start(issuer);
        var old = issuer.TokenOf("viewer");
        await AskAsync(instance, old).Ok();
        issuer.Roll();

        Assert.Same(OperatorAccess.Unknown, (await AskAsync(instance, issuer.TokenOf("viewer"))).Failed());
        Assert.Equal(2, issuer.Requests.Count);
        _time.Advance(EntraKeys.AskAgain);
        await AskAsync(instance, issuer.TokenOf("viewer")).Ok();
        Assert.Equal(4, issuer.Requests.Count);
        Assert.Same(OperatorAccess.Unknown, (await AskAsync(instance, old)).Failed());
    }

    [Fact]
    public async Task After_a_look_that_succeeded_a_key_that_is_not_listed_is_nobodys_and_after_one_that_failed_nobody_knows()
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        using var instance = Start(issuer);
        using var stranger = new LocalIssuerKey();
        await AskAsync(instance, issuer.TokenOf("viewer")).Ok();

        _time.Advance(EntraKeys.AskAgain);
        for (var i = 0; i < 5; i++)
        {
            Assert.Same(OperatorAccess.Unknown, (await AskAsync(instance, Foreign())).Failed());
        }

        Assert.Equal(4, issuer.Requests.Count);
        issuer.Instead = Down;
        _time.Advance(EntraKeys.AskAgain);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("entra-unavailable", (await AskAsync(instance, Foreign())).Failed().Reason);
            await AskAsync(instance, issuer.TokenOf("viewer")).Ok(); // those of known keys come in meanwhile
        }

        Assert.Equal(5, issuer.Requests.Count);
        issuer.Instead = null;
        _time.Advance(EntraKeys.TryAgain);
        Assert.Same(OperatorAccess.Unknown, (await AskAsync(instance, Foreign())).Failed());
        Assert.Equal(7, issuer.Requests.Count);

        string Foreign() => stranger.Sign(new() { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = stranger.Id }, issuer.ClaimsOf(new("ann", "viewer")));
    }

    [Fact]
    public async Task A_token_that_was_looked_at_is_believed_for_a_minute_and_not_beyond_its_end()
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        issuer.Lifetime = TimeSpan.FromSeconds(30);
        using var instance = Start(issuer);
        var brief = issuer.TokenOf("viewer");
        await AskAsync(instance, brief).Ok();

        _time.Advance(TimeSpan.FromSeconds(30) + EntraTokenRules.Skew - TimeSpan.FromSeconds(2));
        await AskAsync(instance, brief).Ok();
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal("expired-key", (await AskAsync(instance, brief)).Failed().Reason);
    }

    [Fact]
    public async Task An_issuer_that_does_not_answer_is_waited_for_for_some_seconds_by_all_together()
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        using var instance = Start(issuer);
        var arrived = new TaskCompletionSource();
        issuer.Instead = async context =>
        {
            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        };

        var waiting = Enumerable.Range(0, 50).Select(_ => AskAsync(instance, issuer.TokenOf("viewer"))).ToList();
        await arrived.Task.WaitAsync(Token);
        Assert.DoesNotContain(waiting, asked => asked.IsCompleted);
        _time.Advance(EntraKeys.Timeout);

        Assert.All(await Task.WhenAll(waiting), outcome => Assert.Equal("entra-unavailable", outcome.Failed().Reason));
        Assert.Single(issuer.Requests);
    }

    [Fact]
    public async Task Who_gives_up_waiting_ends_nobody_elses_wait()
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        using var instance = Start(issuer);
        var (arrived, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        issuer.Instead = async context =>
        {
            arrived.TrySetResult();
            await go.Task;
            context.Abort();
        };
        using var leaving = new CancellationTokenSource();

        var (first, second) = (AskAsync(instance, issuer.TokenOf("viewer"), leaving.Token), AskAsync(instance, issuer.TokenOf("viewer")));
        await arrived.Task.WaitAsync(Token);
        await leaving.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);
        go.SetResult();
        Assert.Equal("entra-unavailable", (await second).Failed().Reason);
    }

    [Theory]
    [InlineData(200, "rubbish")]
    [InlineData(200, "[]")]
    [InlineData(200, "{}")]
    [InlineData(200, """{"issuer":1,"jwks_uri":2}""")]
    [InlineData(200, """{"issuer":"https://login.example.com/v2.0","jwks_uri":"KEYS"}""")]
    [InlineData(200, """{"issuer":"ISSUER","jwks_uri":"http://keys.example.com/"}""")]
    [InlineData(200, """{"issuer":"ISSUER","jwks_uri":"file:///etc/passwd"}""")]
    [InlineData(302, "")]
    [InlineData(500, "")]
    [InlineData(404, """{"issuer":"ISSUER","jwks_uri":"KEYS"}""")]
    public async Task A_description_that_cannot_be_used_is_none(int status, string document)
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        using var instance = Start(issuer);
        var keys = $"{issuer.Instance}{LocalIssuer.Tenant}/discovery/v2.0/keys";
        issuer.Instead = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = $"{issuer.Authority}/elsewhere";
            return context.Response.WriteAsync(document.Replace("ISSUER", issuer.Authority, StringComparison.Ordinal).Replace("KEYS", keys, StringComparison.Ordinal));
        };

        Assert.Equal("entra-unavailable", (await AskAsync(instance, issuer.TokenOf("admin"))).Failed().Reason);
        Assert.Single(issuer.Requests);
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("[]")]
    [InlineData("""{"keys":[]}""")]
    [InlineData("""{"keys":{}}""")]
    [InlineData("""{"keys":[{"kty":"oct","kid":"KID","k":"AAAA"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"KID","n":"!","e":"AQAB"}]}""")]
    [InlineData("""{"keys":[{"kty":"RSA","kid":"KID","n":"AQAB","e":"AQAB"}]}""")]
    [InlineData("ENCRYPTION")]
    [InlineData("FOREIGN")]
    [InlineData("SMALL")]
    [InlineData("HUGE")]
    public async Task Keys_that_cannot_be_used_are_none(string document)
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        using var instance = Start(issuer);
        using var small = new LocalIssuerKey(1024);
        var key = issuer.Key.ToJson(issuer.Authority);
        var text = document switch
        {
            "ENCRYPTION" => Only("use", "enc"),
            "FOREIGN" => Only("issuer", "https://login.example.com/{tenantid}/v2.0"),
            "SMALL" => $$"""{"keys":[{{small.ToJson(issuer.Authority)}}]}""",
            "HUGE" => new string(' ', 600 * 1024) + $$"""{"keys":[{{key}}]}""",
            _ => document.Replace("KID", issuer.Key.Id, StringComparison.Ordinal),
        };
        issuer.Instead = context => context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("keys", StringComparison.Ordinal)
            ? text
            : $$"""{"issuer":"{{issuer.Authority}}","jwks_uri":"{{issuer.Instance}}{{LocalIssuer.Tenant}}/discovery/v2.0/keys"}""");
        var token = document is "SMALL" ? small.Sign(new() { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = small.Id }, issuer.ClaimsOf(new("ann", "admin"))) : issuer.TokenOf("admin");

        Assert.Equal("entra-unavailable", (await AskAsync(instance, token)).Failed().Reason);
        Assert.Equal(2, issuer.Requests.Count);

        string Only(string name, string value)
        {
            key[name] = value;
            return $$"""{"keys":[{{key}}]}""";
        }
    }

    [Fact]
    public async Task A_key_that_all_tenants_share_is_the_tenants_too()
    {
        await using var issuer = await LocalIssuer.StartAsync(_time);
        using var instance = Start(issuer);
        issuer.Instead = context => context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("keys", StringComparison.Ordinal)
            ? $$"""{"keys":[{{issuer.Key.ToJson(issuer.Instance + "{tenantid}/v2.0")}}]}"""
            : $$"""{"issuer":"{{issuer.Authority}}","jwks_uri":"{{issuer.Instance}}{{LocalIssuer.Tenant}}/discovery/v2.0/keys"}""");

        Assert.Equal(OperatorRole.Admin, (await AskAsync(instance, issuer.TokenOf("admin")).Ok()).Role);
    }

    private static Task Down(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private Instance Start(LocalIssuer issuer) => Instance.Create(azurite.ConnectionString, Names.TablePrefix(), _time, issuer.Settings);

    private static async Task<Outcome<OperatorSession>> AskAsync(Instance instance, string token, CancellationToken? cancellation = null)
    {
        Assert.True(PresentedOperator.TryRead($"Bearer {token}", out var presented));
        return await instance.Get<OperatorAccess>().AuthenticateAsync(presented, cancellation ?? Token);
    }
}
