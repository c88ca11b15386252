using System.Text.Json;
using Azure.Data.Tables;
using Murano.Integration.Tests.Infrastructure;

namespace Murano.Integration.Tests.Hosting;

public sealed class RealProcessTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dotnet_run_serves_and_a_Ctrl_C_leaves_nothing_behind()
    {
        using var folder = new TemporaryFolder();
        await using var process = RealProcess.StartByDotnetRun(folder.Path);
        var run = await process.ReadyAsync();
        using var client = new HttpClient { BaseAddress = new Uri(run.Http) };
        using var reply = await client.GetAsync(new Uri("/no/such/thing", UriKind.Relative), Cancelled);

        await process.SignalGroupAsync("INT");

        Assert.Equal(0, await process.ExitAsync());
        await process.NothingLeftAsync();
        Assert.Contains(run.Http, process.Output, StringComparison.Ordinal);
        Assert.Empty(process.Error);
        Assert.False(File.Exists(folder["run.json"]));
        Assert.False(File.Exists(folder["azurite.json"]));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_stored_survives_a_kill(bool ofTheGroup)
    {
        using var folder = new TemporaryFolder();
        await using var killed = RealProcess.Start(folder.Path);
        var run = await killed.ReadyAsync();
        var table = new TableClient(run.Storage, "kept");
        await table.CreateAsync(Cancelled);
        await table.AddEntityAsync(new TableEntity("partition", "row") { ["value"] = "21.5" }, Cancelled);
        await (ofTheGroup ? killed.SignalGroupAsync("KILL") : killed.SignalAsync("KILL"));
        Assert.NotEqual(0, await killed.ExitAsync());
        if (ofTheGroup)
        {
            await killed.NothingLeftAsync();
            Assert.False(File.Exists(folder["run.json"]));
        }

        await using var next = RealProcess.Start(folder.Path);
        var again = await next.ReadyAsync();
        var row = await new TableClient(again.Storage, "kept").GetEntityAsync<TableEntity>("partition", "row", cancellationToken: Cancelled);
        Assert.Equal("21.5", row.Value.GetString("value"));

        await next.SignalAsync("TERM");
        Assert.Equal(0, await next.ExitAsync());
        await next.NothingLeftAsync();
    }

    [Fact]
    public async Task A_start_right_after_a_kill_waits_for_the_earlier_emulator()
    {
        using var folder = new TemporaryFolder();
        await using var killed = RealProcess.Start(folder.Path);
        await killed.ReadyAsync();
        var azurite = AzuritePid(folder);
        await RealProcess.SignalAsync("STOP", azurite); // it takes its time
        await killed.SignalAsync("KILL");
        await killed.ExitAsync();

        await using var next = RealProcess.Start(folder.Path);
        await Eventually.TrueAsync(() => next.Output.Contains($"(process {azurite})", StringComparison.Ordinal), "says that it waits");
        await RealProcess.SignalAsync("CONT", azurite);

        await next.ReadyAsync();
        Assert.NotEqual(azurite, AzuritePid(folder));
        await next.SignalAsync("TERM");
        Assert.Equal(0, await next.ExitAsync());
    }

    [Fact]
    public async Task A_start_can_be_stopped_while_it_waits()
    {
        using var folder = new TemporaryFolder();
        await using var killed = RealProcess.Start(folder.Path);
        await killed.ReadyAsync();
        var azurite = AzuritePid(folder);
        await RealProcess.SignalAsync("STOP", azurite);
        await killed.SignalAsync("KILL");
        await killed.ExitAsync();
        await using var next = RealProcess.Start(folder.Path);
        await Eventually.TrueAsync(() => next.Output.Contains($"(process {azurite})", StringComparison.Ordinal), "says that it waits");

        await next.SignalAsync("TERM");

        Assert.Equal(1, await next.ExitAsync());
        Assert.Equal("Stopped before it was ready.", next.Error.Trim());
        await RealProcess.SignalAsync("CONT", azurite);
    }

    [Fact]
    public async Task When_the_emulator_dies_the_app_stops_and_says_so()
    {
        using var folder = new TemporaryFolder();
        await using var process = RealProcess.Start(folder.Path);
        await process.ReadyAsync();

        await RealProcess.SignalAsync("KILL", AzuritePid(folder));

        Assert.Equal(1, await process.ExitAsync());
        Assert.Equal("The storage emulator has ended by itself, so the app stops: start again, your data is kept.", process.Error.Trim());
    }

    [Fact]
    public async Task A_second_process_on_the_first_one_s_storage_starts_no_emulator()
    {
        using var folder = new TemporaryFolder();
        using var other = new TemporaryFolder();
        await using var first = RealProcess.Start(folder.Path);
        var storage = (await first.ReadyAsync()).Storage;
        await using var second = RealProcess.Start(other.Path, ("AzureWebJobsStorage", storage));

        Assert.Equal(storage, (await second.ReadyAsync()).Storage);

        Assert.False(File.Exists(other["azurite.json"]));
        await second.SignalAsync("INT");
        Assert.Equal(0, await second.ExitAsync());
    }

    private static int AzuritePid(TemporaryFolder folder)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(folder["azurite.json"]));
        return document.RootElement.GetProperty("pid").GetInt32();
    }
}
