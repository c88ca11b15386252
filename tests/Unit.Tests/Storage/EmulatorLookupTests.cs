using System.Diagnostics;
using System.Text.Json;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Storage;

/// <summary>src/LocalHost/Azurite/lookups.cjs: rows of the storage emulator are found without passing over the table.</summary>
public sealed class EmulatorLookupTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_lookup_costs_the_same_in_a_table_of_any_size()
    {
        var with = await LookUpAsync("-r", Repository.PathOf("src/LocalHost/Azurite/lookups.cjs"));
        var without = await LookUpAsync();

        Assert.Equal("""[7,null,null]""", with.GetProperty("found").GetRawText());
        Assert.Equal("""[7,null,null]""", without.GetProperty("found").GetRawText());
        Assert.Equal(5, with.GetProperty("other").GetInt32());
        Assert.InRange(with.GetProperty("reads").GetInt32(), 1, 200);
        // Once that is no more so, the file has no purpose.
        Assert.InRange(without.GetProperty("reads").GetInt32(), 1000, int.MaxValue);
    }

    private static async Task<JsonElement> LookUpAsync(params string[] options)
    {
        var (code, output, errors) = await ProgramRun.ToEndAsync(new ProcessStartInfo("node", [.. options, Repository.PathOf("tests/Unit.Tests/Storage/lookups.cjs")]), Deadline);
        Assert.True(code == 0, errors);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }
}
