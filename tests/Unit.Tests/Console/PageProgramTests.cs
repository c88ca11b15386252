namespace Murano.Unit.Tests.Console;

/// <summary>The page's own unit tests, as its developers run them.</summary>
public sealed class PageProgramTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Its_tests_pass()
    {
        Assert.SkipUnless(Node.IsThere, Node.Missing);

        var (code, output, errors) = await ProgramRun.ToEndAsync(Node.Npm("run", "test", "--workspace", "src/Console"), Deadline);

        Assert.True(code == 0, output + errors);
    }
}
