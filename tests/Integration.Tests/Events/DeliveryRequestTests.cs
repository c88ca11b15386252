using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Events;

/// <summary>What a delivery and the request that began it have to do with each other.</summary>
public sealed class DeliveryRequestTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_that_connects_and_writes_waits_half_a_second_in_all()
    {
        var answers = new TaskCompletionSource();
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "connect", "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        await EventFleet.DrainedAsync(fleet);
        fleet.Time.Advance(TimeSpan.FromMinutes(6));
        receiver.Before = (_, _) => answers.Task;

        var written = fleet.One.WriteAsync(token, ("temp", "1"));
        await Eventually.TrueAsync(() => receiver.Attempts == 2, "It is being delivered.");
        fleet.Time.Advance(TimeSpan.FromMilliseconds(500));

        await written.WaitAsync(TimeSpan.FromSeconds(30), Token).Ok();
        answers.SetResult();
        await EventFleet.DrainedAsync(fleet);
    }

    [Fact]
    public async Task A_delivery_has_nothing_of_the_request_that_began_it()
    {
        AsyncLocal<string> scope = new();
        List<string?> seen = [];
        var receiver = new Receiver();
        await using var fleet = await EventFleet.StartAsync(azurite, receiver, "data_in");
        var token = await fleet.One.ActivateAsync("sn-1").Ok();
        receiver.Before = (_, _) =>
        {
            seen.Add(scope.Value);
            return Task.CompletedTask;
        };
        scope.Value = "the request's";

        await fleet.One.WriteAsync(token, ("temp", "1")).Ok();

        await EventFleet.DrainedAsync(fleet);
        Assert.Null(Assert.Single(seen));
    }
}
