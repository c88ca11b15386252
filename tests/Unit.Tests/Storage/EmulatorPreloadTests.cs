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
    public async Task A_query_is_answered_as_without_that_file_and_looks_at_no_more_rows_than_it_has_to()
    {
        var (with, without) = (await AnswersAsync(isLoaded: true), await AnswersAsync(isLoaded: false));

        Assert.Equal(without.Select(answer => (answer.Asked, answer.Pages)), with.Select(answer => (answer.Asked, answer.Pages)));
        Assert.True(with.Count(answer => answer.Pages.Length > 100) > 50, "most queries find something");
        // All of a table in pages of one, a range of keys, and one partition among others; where keys are numbers, it is as it was.
        Assert.Equal([1000 * 1000, 2 * 1000, 2 * 1000, 2 * 1000], without[1..5].Select(answer => answer.Looks));
        Assert.Equal([1999, 76, 2 * 26, 2 * 1000], with[1..5].Select(answer => answer.Looks));
    }

    private static async Task<(string Asked, string Pages, int Looks)[]> AnswersAsync(bool isLoaded)
    {
        using var answers = JsonDocument.Parse(await RunAsync("queries.cjs", isLoaded));
        return [.. answers.RootElement.EnumerateArray().Select(answer => (answer.GetProperty("asked").GetRawText(), answer.GetProperty("pages").GetRawText(), answer.GetProperty("looks").GetInt32()))];
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
