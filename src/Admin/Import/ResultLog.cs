using System.Globalization;
using CsvHelper;
using Murano.Admin.Files;

namespace Murano.Admin.Import;

/// <summary>The result file, a table with a line for each thing, and the summary of it.</summary>
internal sealed class ResultLog : IAsyncDisposable
{
    private readonly CsvWriter _csv;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly SortedDictionary<(string Kind, string What, ImportOutcome Outcome, string Reason), int> _counts = [];

    private ResultLog(Stream file) => _csv = new CsvWriter(new StreamWriter(file), CultureInfo.InvariantCulture);

    /// <summary>Whether something failed or is in conflict.</summary>
    public bool HasTrouble => _counts.Keys.Any(count => count.Outcome is ImportOutcome.Failed or ImportOutcome.Conflict);

    /// <summary>How many things had this outcome.</summary>
    public int Count(ImportOutcome outcome) => _counts.Where(count => count.Key.Outcome == outcome).Sum(count => count.Value);

    /// <summary>Begins a result file.</summary>
    public static async Task<ResultLog> BeginAsync(WorkFolder folder, string name)
    {
        var log = new ResultLog(folder.Begin(name));
        await log.WriteAsync("kind", "id", "what", "outcome", "reason", "message");
        return log;
    }

    /// <summary>Notes what became of things.</summary>
    public async Task AddAsync(IEnumerable<ImportResult> results)
    {
        await _turn.WaitAsync();
        try
        {
            foreach (var result in results)
            {
                var key = (result.Kind, result.What, result.Outcome, result.Reason);
                _counts[key] = _counts.GetValueOrDefault(key) + 1;
                await WriteAsync(result.Kind, result.Id, result.What, Word(result.Outcome), result.Reason, result.Message);
            }

            await _csv.FlushAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Notes what became of one thing.</summary>
    public Task AddAsync(ImportResult result) => AddAsync([result]);

    /// <summary>The counts, a line for each kind of thing, outcome and reason.</summary>
    public IEnumerable<string> Summary() => _counts.Select(count =>
        string.Create(CultureInfo.InvariantCulture, $"  {count.Key.Kind,-9} {count.Key.What,-12} {Word(count.Key.Outcome),-10} {count.Value,8}  {count.Key.Reason}").TrimEnd());

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _csv.DisposeAsync();
        _turn.Dispose();
    }

    private static string Word(ImportOutcome outcome) => outcome.ToString().ToLowerInvariant();

    private async Task WriteAsync(params string[] fields)
    {
        foreach (var field in fields)
        {
            _csv.WriteField(field);
        }

        await _csv.NextRecordAsync();
    }
}
