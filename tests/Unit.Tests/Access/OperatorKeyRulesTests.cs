using Murano.Shared;
using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Unit.Tests.Access;

public static class OperatorKeyRulesTests
{
    private const long Now = 1000;

    private static readonly ConnectorId One = ConnectorId.New();
    private static readonly ConnectorId Two = ConnectorId.New();

    private static OperatorSession Maker(OperatorRole role = OperatorRole.Admin, ConnectorId[]? connectors = null, long expires = 0) =>
        new(new OperatorKey { Id = OperatorKeyId.New(), Name = "ann", Role = role, Connectors = connectors?.ToHashSet(), Expires = expires });

    private static NewOperatorKey Wanted(OperatorRole role = OperatorRole.Admin, ConnectorId[]? connectors = null, long expires = 0) => new("bob", role, connectors?.ToHashSet(), expires);

    public sealed class WhyNotMake
    {
        [Fact]
        public void Lets_through_what_the_maker_has()
        {
            Assert.Null(OperatorKeyRules.WhyNotMake(Maker(), Wanted(), Now));
            Assert.Null(OperatorKeyRules.WhyNotMake(Maker(), Wanted(connectors: [One], expires: 2000), Now));
            Assert.Null(OperatorKeyRules.WhyNotMake(Maker(connectors: [One, Two], expires: 2000), Wanted(connectors: [Two], expires: 2000), Now));
        }

        [Fact]
        public void Refuses_more_than_the_maker_has()
        {
            Assert.Equal("role", Reason(Maker(OperatorRole.Operator), Wanted()));
            Assert.Equal("scope", Reason(Maker(connectors: [One]), Wanted()));
            Assert.Equal("scope", Reason(Maker(connectors: [One]), Wanted(connectors: [One, Two])));
            Assert.Equal("expiry", Reason(Maker(expires: 2000), Wanted()));
            Assert.Equal("expiry", Reason(Maker(expires: 2000), Wanted(expires: 2001)));
        }

        [Fact]
        public void Refuses_an_end_that_has_passed() => Assert.IsType<Failure.Rejected>(OperatorKeyRules.WhyNotMake(Maker(), Wanted(expires: Now), Now));

        private static string? Reason(OperatorSession maker, NewOperatorKey wanted) => OperatorKeyRules.WhyNotMake(maker, wanted, Now)?.Reason;
    }

    public sealed class IsFullAdmin
    {
        [Theory]
        [InlineData(OperatorRole.Admin, true, 0, true)]
        [InlineData(OperatorRole.Admin, true, 1001, true)]
        [InlineData(OperatorRole.Admin, true, 1000, false)]
        [InlineData(OperatorRole.Admin, false, 0, false)]
        [InlineData(OperatorRole.Operator, true, 0, false)]
        public void Takes_an_admin_of_all_connectors_that_holds(OperatorRole role, bool all, long expires, bool expected)
        {
            var key = new OperatorKey { Id = OperatorKeyId.New(), Name = "ann", Role = role, Connectors = all ? null : new HashSet<ConnectorId> { One }, Expires = expires };

            Assert.Equal(expected, OperatorKeyRules.IsFullAdmin(key, Now));
        }
    }
}
