using System.Diagnostics;
using System.Text.Json;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.Storage;

/// <summary>src/LocalHost/Azurite: what is loaded into the storage emulator so that it is quick enough with much data, and that it answers as before.</summary>
public sealed class EmulatorPreloadTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task What_took_a_second_to_save_is_left_alone_for_nine_unless_it_ends() => Assert.Equal("[1,1,2,3]", await RunAsync("saves.cjs", isLoaded: true));

    [Fact]
    public async Task Without_that_file_it_is_saved_whenever_it_has_changed() => Assert.Equal("[1,2,3,4]", await RunAsync("saves.cjs", isLoaded: false));

    [Fact]
    public async Task A_query_is_answered_as_without_that_file_and_sorts_two_pages_at_most()
    {
        var (with, without) = (await PagesAsync(isLoaded: true), await PagesAsync(isLoaded: false));

        Assert.Equal(without.Select(answer => answer.Pages), with.Select(answer => answer.Pages));
        Assert.Equal([3000, 75, 1000, 742, 0], with.Select(answer => answer.Pages.Sum(page => page.Length)));
        Assert.Equal([3, 75, 10, 106, 1], with.Select(answer => answer.Pages.Length));
        Assert.Equal([3000, 75, 1000, 742, 0], without.Select(answer => answer.Longest));
        Assert.Equal([2 * 1001, 2 * 2, 2 * 101, 2 * 8, 0], with.Select(answer => answer.Longest));
    }

    private static async Task<(string[][] Pages, int Longest)[]> PagesAsync(bool isLoaded)
    {
        using var answers = JsonDocument.Parse(await RunAsync("queries.cjs", isLoaded));
        return [.. answers.RootElement.EnumerateArray().Select(answer => (answer.GetProperty("pages").Deserialize<string[][]>()!, answer.GetProperty("longest").GetInt32()))];
    }

    // The script beside this file that has the name of what is loaded, or is not.
    private static async Task<string> RunAsync(string file, bool isLoaded)
    {
        string[] options = isLoaded ? ["-r", Repository.PathOf($"src/LocalHost/Azurite/{file}")] : [];
        var (code, output, errors) = await ProgramRun.ToEndAsync(new ProcessStartInfo("node", [.. options, Repository.PathOf($"tests/Unit.Tests/Storage/{file}")]), Deadline);
        Assert.True(code == 0, errors);
        return output.TrimEnd();
    }
}
