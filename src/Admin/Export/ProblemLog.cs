using Murano.Admin.Files;

namespace Murano.Admin.Export;

/// <summary>The file of what could not be had.</summary>
internal sealed class ProblemLog(Stream file, TextWriter tell) : IDisposable
{
    private const int Told = 20;

    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    /// <summary>Notes a problem, and tells the first of them.</summary>
    public async Task AddAsync(string kind, string id, string reason, string message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Count++;
            await JsonLines.WriteAsync(file, new ExportProblem(kind, id, reason, message), cancellationToken);
            if (Count <= Told)
            {
                await tell.WriteLineAsync($"  {kind} {id}: {message}");
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
