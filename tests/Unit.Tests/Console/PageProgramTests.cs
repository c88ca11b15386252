namespace Murano.Unit.Tests.Console;

/// <summary>The page's own tests and checks, as its developers run them.</summary>
public sealed class PageProgramTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(5);

    [Theory]
    [InlineData("test")]
    [InlineData("lint")]
    public async Task Its_script_passes(string script)
    {
        Assert.SkipUnless(Node.IsThere, Node.Missing);

        var (code, output, errors) = await ProgramRun.ToEndAsync(Node.Npm("run", script, "--workspace", "src/Console"), Deadline);

        Assert.True(code == 0, output + errors);
    }
}
