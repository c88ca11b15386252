using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Murano.Admin.Files;

/// <summary>Files with one JSON value a line.</summary>
internal static class JsonLines
{
    private static readonly byte[] End = "\n"u8.ToArray();

    /// <summary>How values are written.</summary>
    public static JsonSerializerOptions Plain { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // for people who read the files; they go into no page
    };

    /// <summary>The same for files of one value.</summary>
    public static JsonSerializerOptions Indented { get; } = new(Plain) { WriteIndented = true };

    /// <summary>Writes a line.</summary>
    public static async Task WriteAsync<T>(Stream stream, T value, CancellationToken cancellationToken)
    {
        await JsonSerializer.SerializeAsync(stream, value, Plain, cancellationToken);
        await stream.WriteAsync(End, cancellationToken);
    }

    /// <summary>Reads lines.</summary>
    /// <param name="stream">From where.</param>
    /// <param name="name">Of the file, for the complaint.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="AdminException">A line is no such value.</exception>
    public static async IAsyncEnumerable<T> ReadAsync<T>(Stream stream, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(stream, leaveOpen: true);
        for (var number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            T? value;
            try
            {
                value = JsonSerializer.Deserialize<T>(line, Plain);
            }
            catch (JsonException)
            {
                value = default;
            }

            yield return value ?? throw new AdminException(FormattableString.Invariant($"Line {number} of {name} cannot be read."));
        }
    }

    /// <summary>Reads what a run left that broke off: the lines that are whole. The rest is cut away at the end, so that more can be written behind them.</summary>
    public static async IAsyncEnumerable<T> RecoverAsync<T>(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            yield break;
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        var reader = PipeReader.Create(file, new StreamPipeReaderOptions(leaveOpen: true));
        long good = 0;
        for (var (isBad, isEnd) = (false, false); !isBad && !isEnd;)
        {
            var read = await reader.ReadAsync(cancellationToken);
            isEnd = read.IsCompleted;
            var rest = read.Buffer;
            while (!isBad && rest.PositionOf((byte)'\n') is { } end)
            {
                var line = rest.Slice(0, end).ToArray();
                if (TryRead<T>(line, out var value))
                {
                    good += line.Length + 1;
                    yield return value;
                }
                else
                {
                    isBad = true;
                }

                rest = rest.Slice(rest.GetPosition(1, end));
            }

            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync();
        file.SetLength(good);
    }

    private static bool TryRead<T>(byte[] line, [NotNullWhen(true)] out T? value)
    {
        try
        {
            value = JsonSerializer.Deserialize<T>(line, Plain);
        }
        catch (JsonException)
        {
            value = default;
        }

        return value is not null;
    }
}
