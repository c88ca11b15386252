using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.Hosting;

public sealed class InvalidFunctionTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(typeof(InvalidFunctions.Twice), "Two functions are named")]
    [InlineData(typeof(InvalidFunctions.EmptyRoute), "has the route '', which the platform cannot serve")]
    [InlineData(typeof(InvalidFunctions.SlashRoute), "has the route '/', which the platform cannot serve")]
    [InlineData(typeof(InvalidFunctions.BadRoute), "has the route 'a/{b', which is not valid")]
    [InlineData(typeof(InvalidFunctions.ReservedRoute), "belong to the host")]
    [InlineData(typeof(InvalidFunctions.ForeignParameter), "has the parameter 'query', which the platform cannot fill")]
    [InlineData(typeof(InvalidFunctions.NoTrigger), "has no trigger")]
    [InlineData(typeof(InvalidFunctions.WarmupOfAnotherName), "which the platform knows only under the name 'warmup'")]
    [InlineData(typeof(InvalidFunctions.WarmupThatAnswers), "must return Task or nothing")]
    [InlineData(typeof(InvalidFunctions.BadSchedule), "has the schedule '*/5 * * * *'")]
    public async Task What_the_platform_could_not_run_does_not_start(Type functions, string sentence)
    {
        var failure = await Assert.ThrowsAsync<LocalHostException>(() => TestApp.StartAsync(azurite, new() { Functions = [functions] }));

        Assert.Contains(sentence, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
