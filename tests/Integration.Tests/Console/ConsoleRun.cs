using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

namespace Murano.Integration.Tests.ConsolePage;

/// <summary>Runs all tests of the page in Chromium once: against an app of a process of its own that nobody has used, and against one that all others share.</summary>
public sealed class ConsoleRun(AzuriteFixture azurite) : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(LongRun.Of(10, 60));
    private static readonly int Devices = LongRun.Of(3_000, 100_000);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<ConsoleResult>> _results = new(StringComparer.Ordinal);
    private readonly StringBuilder _errors = new();
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Why nothing runs on this machine; null when it does.</summary>
    public string? Lacking { get; } = ConsoleScripts.Lacking();

    /// <inheritdoc/>
    public ValueTask InitializeAsync()
    {
        if (Lacking is null)
        {
            _running = RunAsync(_end.Token);
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>What became of a test, as soon as that is known.</summary>
    public async Task<ConsoleResult> ResultAsync(string name)
    {
        var result = Place(name).Task;
        await Task.WhenAny(result, _running).WaitAsync(TestContext.Current.CancellationToken);
        return result.IsCompleted ? await result : new ConsoleResult(name, Ok: false, Error: $"It did not run. {Errors()} {_running.Exception}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task RunAsync(CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Limit);
        await RunFreshAsync(limit.Token);
        await RunSharedAsync(limit.Token);
    }

    private async Task RunFreshAsync(CancellationToken token)
    {
        using var folder = new TemporaryFolder();
        var since = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        await using var app = RealProcess.Start(folder.Path);
        await NodeAsync(await app.ReadyAsync(), ["--fresh", "--since", since], token);
    }

    private async Task RunSharedAsync(CancellationToken token)
    {
        await using var app = await TestApp.StartAsync(azurite);
        var fleet = await FleetSeed.SeedConnectorAsync(azurite.ConnectionString, app, Devices);
        await NodeAsync(app.Run, ["--fleet", fleet], token);
    }

    private async Task NodeAsync(RunInfo run, string[] more, CancellationToken token)
    {
        string[] pictures = Environment.GetEnvironmentVariable("MURANO_PICTURES") is { Length: > 0 } folder ? ["--pictures", folder] : [];
        string[] night = LongRun.Of(0, 1) == 1 ? ["--long"] : [];
        await ConsoleScripts.RunAsync("run.mjs", run, ["--run-json", Path.Combine(Path.GetDirectoryName(run.Ca)!, "run.json"), .. more, .. pictures, .. night], Report, Complain, token);
    }

    private void Report(string line)
    {
        if (line.StartsWith('{') && JsonSerializer.Deserialize<ConsoleResult>(line, JsonSerializerOptions.Web) is { } result)
        {
            Place(result.Name).TrySetResult(result);
        }
        else
        {
            Complain(line);
        }
    }

    private void Complain(string line)
    {
        lock (_errors)
        {
            _errors.AppendLine(line);
        }
    }

    private string Errors()
    {
        lock (_errors)
        {
            return _errors.ToString();
        }
    }

    private TaskCompletionSource<ConsoleResult> Place(string name) =>
        _results.GetOrAdd(name, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
