using Murano.Shared.Storage;

namespace Murano.Unit.Tests.Telemetry;

public sealed class StorageMeterPolicyTests
{
    [Theory]
    [InlineData(200, "ok")]
    [InlineData(202, "ok")]
    [InlineData(304, "ok")]
    [InlineData(400, "refused")]
    [InlineData(404, "refused")]
    [InlineData(408, "failed")]
    [InlineData(412, "refused")]
    [InlineData(429, "throttled")]
    [InlineData(500, "failed")]
    [InlineData(502, "failed")]
    [InlineData(503, "throttled")]
    public void Tells_a_refusal_from_a_failure_and_both_from_throttling(int status, string outcome) => Assert.Equal(outcome, StorageMeterPolicy.OutcomeOf(status));
}
