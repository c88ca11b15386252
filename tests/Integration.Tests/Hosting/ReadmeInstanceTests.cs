using System.Diagnostics;
using System.Globalization;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.Hosting;

/// <summary>The README's long poll, with its two terminals at two instances that are started by its own lines.</summary>
public sealed class ReadmeInstanceTests
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(RepositoryFolder.Find(), "README.md"));

    [Fact]
    public async Task A_device_that_waits_at_the_second_instance_gets_what_is_set_at_the_first()
    {
        using var firstFolder = new TemporaryFolder();
        using var secondFolder = new TemporaryFolder();
        await using var first = RealProcess.Start(firstFolder.Path);
        var one = await first.ReadyAsync();
        var settings = await SettingsAsync(firstFolder.Path);
        Assert.Equal([one.Storage, one.WebPubSub], settings);
        await using var second = RealProcess.Start(secondFolder.Path, ("AzureWebJobsStorage", settings[0]), ("WebPubSub__ConnectionString", settings[1]), ("LongPoll__LookAgain", "00:05:00"));
        var two = await second.ReadyAsync();
        var device = await RunAsync(Line("TOKEN=$(curl") + "; printf %s $TOKEN", one, two, token: "");
        Assert.Equal(40, device.Length);

        var waiting = RunAsync(Line("curl -i -H \"X-Exosite-CIK: $TOKEN\" -H 'Request-Timeout: 300000' 'http://localhost:7072"), one, two, device);
        var set = "";
        await Eventually.TrueAsync(
            async () =>
            {
                // Once the poll waits it hears of the set; whether it waits already cannot be seen from here, so it is set until it does.
                set = await RunAsync($"{Line("curl -i -X PATCH", "{\"setpoint\":23}")}", one, two, device);
                return waiting.IsCompleted;
            },
            "the waiting request is answered");

        Assert.StartsWith("HTTP/1.1 204", set, StringComparison.Ordinal);
        var reply = await waiting;
        Assert.StartsWith("HTTP/1.1 200 OK", reply, StringComparison.Ordinal);
        Assert.Contains("Last-Modified: ", reply, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nsetpoint=23\n", reply, StringComparison.Ordinal);
    }

    // A command of the README that begins so; with the one after it, when it goes on there.
    private static string Line(string start, string? goesOn = null)
    {
        var at = goesOn is null
            ? Array.FindIndex(Lines, line => line.StartsWith(start, StringComparison.Ordinal))
            : Array.FindIndex(Lines, line => line.Contains(goesOn, StringComparison.Ordinal)) - 1;
        Assert.True(at >= 0 && Lines[at].StartsWith(start, StringComparison.Ordinal), $"The README has no line that begins with {start}");
        return goesOn is null ? Lines[at] : $"{Lines[at].TrimEnd('\\')} {Lines[at + 1]}";
    }

    private static async Task<string[]> SettingsAsync(string folder)
    {
        var line = Line("export AzureWebJobsStorage=").Replace("./.local", folder, StringComparison.Ordinal);
        return (await ShellAsync($"{line}\nprintf '%s\\n%s' \"$AzureWebJobsStorage\" \"$WebPubSub__ConnectionString\"")).Split('\n');
    }

    private static Task<string> RunAsync(string command, RunInfo one, RunInfo two, string token) => ShellAsync(string.Create(
        CultureInfo.InvariantCulture,
        $"""
        CONNECTOR={one.Connector}
        SECRET={one.Operator!.Secret}
        TOKEN={token}
        SERVICE={one.Http}/api:1/service/$CONNECTOR/device2
        {command.Replace("http://localhost:7071", one.Http, StringComparison.Ordinal).Replace("http://localhost:7072", two.Http, StringComparison.Ordinal)}
        """));

    private static async Task<string> ShellAsync(string script)
    {
        using var shell = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", script]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = shell.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var printed = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        await errors;
        return printed;
    }
}
