namespace Murano.Shared.Storage.Checks;

/// <summary>What one step of a check found.</summary>
/// <param name="mend">Whether what was found was made right.</param>
public sealed class CheckReport(bool mend)
{
    /// <summary>Examples of each kind.</summary>
    public const int MostExamples = 10;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<CheckKind, (int Count, List<CheckExample> Examples)> _found = [];

    /// <summary>Whether what was found was made right.</summary>
    public bool Mended => mend;

    /// <summary>Rows and files that were looked at.</summary>
    public long Checked { get; private set; }

    /// <summary>What was found, by kind: how many, and the first few.</summary>
    public IReadOnlyDictionary<CheckKind, (int Count, List<CheckExample> Examples)> Found => _found;

    /// <summary>Leads to the next step; null = all is checked.</summary>
    public string? Next { get; internal set; }

    internal void Add(CheckDifference difference)
    {
        lock (_lock)
        {
            var (count, examples) = _found.GetValueOrDefault(difference.Kind, (0, []));
            if (count < MostExamples)
            {
                examples.Add(new(difference.Place, difference.Detail));
            }

            _found[difference.Kind] = (count + 1, examples);
        }
    }

    internal void AddChecked(int count) => Checked += count;
}
