using System.Diagnostics;
using System.Text.Json;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Storage;

/// <summary>src/LocalHost/Azurite/scale.cjs: what the storage emulator does for a request, and to save its data, does not grow with the data.</summary>
public sealed class EmulatorScaleTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_row_is_found_without_passing_over_the_table()
    {
        var with = await RunAsync("-r", Repository.PathOf("src/LocalHost/Azurite/scale.cjs"));
        var without = await RunAsync();

        Assert.Equal("[7,null,null]", with.GetProperty("found").GetRawText());
        Assert.Equal("[7,null,null]", without.GetProperty("found").GetRawText());
        Assert.Equal(5, with.GetProperty("other").GetInt32());
        Assert.InRange(with.GetProperty("reads").GetInt32(), 1, 200);
        // Once that is no more so, that part of the file has no purpose.
        Assert.InRange(without.GetProperty("reads").GetInt32(), 1000, int.MaxValue);
    }

    [Fact]
    public async Task What_took_a_second_to_save_is_left_alone_for_nine_unless_it_ends()
    {
        var with = await RunAsync("-r", Repository.PathOf("src/LocalHost/Azurite/scale.cjs"));
        var without = await RunAsync();

        Assert.Equal("[true,false,false,false,true]", with.GetProperty("due").GetRawText());
        Assert.Equal("[true,false,true,true,true]", without.GetProperty("due").GetRawText());
        Assert.Equal(2, with.GetProperty("saves").GetInt32());
    }

    private static async Task<JsonElement> RunAsync(params string[] options)
    {
        var (code, output, errors) = await ProgramRun.ToEndAsync(new ProcessStartInfo("node", [.. options, Repository.PathOf("tests/Unit.Tests/Storage/scale.cjs")]), Deadline);
        Assert.True(code == 0, errors);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }
}
