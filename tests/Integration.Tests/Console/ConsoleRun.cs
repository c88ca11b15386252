using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Murano.Integration.Tests.ConsolePage;
using Murano.Integration.Tests.Infrastructure;
using Murano.LocalHost;

[assembly: AssemblyFixture(typeof(ConsoleRun))]

namespace Murano.Integration.Tests.ConsolePage;

/// <summary>
/// Runs all tests of the page in Chromium once, against an app in a process of its own: first the one that wants an app that nobody has used, then most of them,
/// two at once, while other tests run, and those that measure when all other tests are through.
/// </summary>
public sealed class ConsoleRun : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(LongRun.Of(18, 60));
    private static readonly int Devices = LongRun.Of(1_000, 100_000);

    private readonly ConcurrentDictionary<string, TaskCompletionSource<ConsoleResult>> _results = new(StringComparer.Ordinal);
    private readonly StringBuilder _errors = new();
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _quiet = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _running;
    private AzuriteFixture? _azurite;

    /// <summary>Nothing runs yet.</summary>
    public ConsoleRun() => _running = new(() => Lacking is null ? RunAsync(_end.Token) : Task.CompletedTask);

    /// <summary>Why nothing runs on this machine; null when it does.</summary>
    public string? Lacking { get; } = ConsoleScripts.Lacking();

    /// <inheritdoc/>
    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Begins, unless it has begun.</summary>
    /// <param name="azurite">For the app that trusts an issuer of the tests.</param>
    public void Begin(AzuriteFixture azurite)
    {
        _azurite = azurite;
        _ = _running.Value;
    }

    /// <summary>Says that no other tests run any more.</summary>
    public void BeginToMeasure(AzuriteFixture azurite)
    {
        Begin(azurite);
        _quiet.TrySetResult();
    }

    /// <summary>What became of a test, as soon as that is known.</summary>
    public async Task<ConsoleResult> ResultAsync(string name)
    {
        var result = Place(name).Task;
        await Task.WhenAny(result, _running.Value).WaitAsync(TestContext.Current.CancellationToken);
        return result.IsCompleted ? await result : new ConsoleResult(name, Ok: false, Error: $"It did not run. {Errors()} {_running.Value.Exception}");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_running.IsValueCreated)
        {
            await _running.Value.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _end.Dispose();
    }

    private async Task RunAsync(CancellationToken token)
    {
        using var folder = new TemporaryFolder();
        var since = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        await using var app = RealProcess.Start(folder.Path, [.. FleetSeed.PatienceWithEmulator.Select(setting => (setting.Key.Replace(":", "__", StringComparison.Ordinal), setting.Value))]);
        var run = await app.ReadyAsync();
        // Not more at once: other tests need the processors as much.
        await NodeAsync(run, ["--kind", "fresh,beside", "--since", since, "--parallel", "2"], token);
        await RunEntraAsync(token);
        var fleet = await FleetSeed.SeedConnectorAsync(run, Devices);
        await _quiet.Task.WaitAsync(token);
        await NodeAsync(run, ["--kind", "alone", "--fleet", fleet, .. LongRun.Of([], ConsoleScripts.InWholeBrowser)], token);
    }

    private async Task RunEntraAsync(CancellationToken token)
    {
        await using var issuer = await LocalIssuer.StartAsync();
        issuer.SignedIn = new("ann@example.com", "operator");
        await using var app = await TestApp.StartAsync(_azurite!, new TestAppOptions { Settings = issuer.Settings });
        await NodeAsync(app.Run, ["--kind", "entra"], token);
    }

    private async Task NodeAsync(RunInfo run, string[] more, CancellationToken token)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(Limit);
        string[] pictures = Environment.GetEnvironmentVariable("MURANO_PICTURES") is { Length: > 0 } folder ? ["--pictures", folder] : [];
        string[] night = LongRun.Of(0, 1) == 1 ? ["--long"] : [];
        await ConsoleScripts.RunAsync("run.mjs", run, ["--run-json", Path.Combine(Path.GetDirectoryName(run.Ca)!, "run.json"), .. more, .. pictures, .. night], Report, Complain, limit.Token);
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
