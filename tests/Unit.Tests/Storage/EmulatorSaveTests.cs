using System.Diagnostics;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Storage;

/// <summary>src/LocalHost/Azurite/saves.cjs: with much data, the storage emulator is not busy with saving it all the time.</summary>
public sealed class EmulatorSaveTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task What_took_a_second_to_save_is_left_alone_for_nine_unless_it_ends() =>
        Assert.Equal("[1,1,2,3]", await RunAsync("-r", Repository.PathOf("src/LocalHost/Azurite/saves.cjs")));

    [Fact]
    public async Task Without_that_file_it_is_saved_whenever_it_has_changed() => Assert.Equal("[1,2,3,4]", await RunAsync());

    private static async Task<string> RunAsync(params string[] options)
    {
        var (code, output, errors) = await ProgramRun.ToEndAsync(new ProcessStartInfo("node", [.. options, Repository.PathOf("tests/Unit.Tests/Storage/saves.cjs")]), Deadline);
        Assert.True(code == 0, errors);
        return output.TrimEnd();
    }
}
