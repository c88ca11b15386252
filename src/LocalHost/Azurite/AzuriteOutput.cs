using System.Text.RegularExpressions;

namespace Murano.LocalHost.Azurite;

/// <summary>Reads what Azurite prints: the addresses it listens at, and the last words of one that fails.</summary>
internal sealed partial class AzuriteOutput
{
    private const int LinesKept = 10;
    private const string Account = "devstoreaccount1";

    // The emulator's account and key are the same everywhere, and public.
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);
    private readonly Queue<string> _lines = new();
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<string> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The connection string, once all services listen.</summary>
    public Task<string> Ready => _ready.Task;

    /// <summary>The last lines.</summary>
    public string Tail
    {
        get
        {
            lock (_gate)
            {
                return string.Join(Environment.NewLine, _lines);
            }
        }
    }

    /// <summary>Reads to the end of the stream, which is the end of every process that may write to it.</summary>
    public async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            Take(line);
        }
    }

    private void Take(string line)
    {
        lock (_gate)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
            {
                _lines.Dequeue();
            }

            if (Listening().Match(line) is { Success: true } match)
            {
                _addresses[match.Groups["service"].Value] = match.Groups["address"].Value;
            }

            if (_addresses.Count == 3)
            {
                _ready.TrySetResult(ConnectionString());
            }
        }
    }

    private string ConnectionString() =>
        string.Concat(
            $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key}",
            string.Concat(_addresses.Select(service => $";{service.Key}Endpoint={service.Value}/{Account}")));

    [GeneratedRegex(@"^Azurite (?<service>Blob|Queue|Table) service is successfully listening at (?<address>http://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Listening();
}
