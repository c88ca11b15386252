using Murano.Shared.Access;
using Murano.Shared.Connectors;

namespace Murano.Unit.Tests.Access;

public sealed class OperatorSessionTests
{
    private static OperatorSession Session(OperatorRole role, params ConnectorId[]? connectors) =>
        new(new OperatorKey { Id = OperatorKeyId.New(), Name = "ann", Role = role, Connectors = connectors?.ToHashSet() });

    [Theory]
    [InlineData(OperatorRole.Viewer, true, false, false)]
    [InlineData(OperatorRole.Operator, true, true, false)]
    [InlineData(OperatorRole.Admin, true, true, true)]
    public void The_role_decides_what_may_be_done(OperatorRole role, bool reads, bool changesDevices, bool changesSettings)
    {
        var session = Session(role, null);

        Assert.Equal(reads, session.May(OperatorPermission.Read));
        Assert.Equal(changesDevices, session.May(OperatorPermission.ChangeDevices));
        Assert.All([OperatorPermission.ChangeSettings, OperatorPermission.ManageConnectors, OperatorPermission.ReadAccess, OperatorPermission.ManageAccess], permission =>
            Assert.Equal(changesSettings, session.May(permission)));
    }

    [Fact]
    public void The_scope_decides_where()
    {
        var (mine, other) = (ConnectorId.New(), ConnectorId.New());

        Assert.True(Session(OperatorRole.Viewer, mine).MaySee(mine));
        Assert.False(Session(OperatorRole.Admin, mine).MaySee(other));
        Assert.False(Session(OperatorRole.Admin, []).MaySee(mine));
        Assert.True(Session(OperatorRole.Viewer, null).MaySee(other));
    }
}
