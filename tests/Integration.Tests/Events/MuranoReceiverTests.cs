using System.Net;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Murano.Integration.Tests.Infrastructure;
using Murano.Shared.Events;
using Owner.Events;

namespace Murano.Integration.Tests.Events;

/// <summary>The receiver of docs/live.md, as an app of its own.</summary>
public sealed class MuranoReceiverTests(AzuriteFixture azurite)
{
    [Fact]
    public async Task It_takes_what_is_signed_and_drops_what_is_old()
    {
        await using var app = await EventApp.StartAsync(azurite);
        await app.PointAsync("http://localhost:1/");
        var latest = new TableClient(azurite.ConnectionString, Names.TablePrefix() + "latest");
        await latest.CreateAsync(TestContext.Current.CancellationToken);
        await using var receiver = await TestApp.StartAsync(azurite, new TestAppOptions
        {
            Functions = [typeof(MuranoReceiver)],
            Settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase) { ["MuranoSecret"] = await app.RenewSecretAsync() },
            Configure = builder => builder.Services.AddSingleton(latest),
        });
        await app.PointAsync($"http://localhost:{receiver.Http.Port}/murano-events");
        var (first, second, other) = (app.Next("a"), app.Next("a"), app.Next("b"));

        foreach (var happened in new[] { first, second, second, first, other })
        {
            Assert.IsType<DeliveryResult.Delivered>(await app.SendAsync(happened));
        }

        Assert.True((await app.JsonAsync("POST", "/events/test")).GetProperty("delivered").GetBoolean());
        var kept = await latest.QueryAsync<TableEntity>(cancellationToken: TestContext.Current.CancellationToken).Select(row => row.GetString("Sequence")).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal([$"{second.Sequence:D19}", $"{other.Sequence:D19}"], kept.Order(StringComparer.Ordinal), StringComparer.Ordinal);

        await app.RenewSecretAsync();
        Assert.Contains("401", (await app.FailedAsync()).Why, StringComparison.Ordinal);
        using var unsigned = await receiver.Client.PostAsync(new Uri("/murano-events", UriKind.Relative), new StringContent("{}"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, unsigned.StatusCode);
    }
}
