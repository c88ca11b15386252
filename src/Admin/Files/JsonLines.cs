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

    /// <summary>Reads what a run left that broke off: the lines that are whole. The rest is cut away, so that more can be written behind them.</summary>
    public static async Task<IReadOnlyList<T>> RecoverAsync<T>(string path, CancellationToken cancellationToken)
    {
        List<T> values = [];
        if (!File.Exists(path))
        {
            return values;
        }

        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        var good = 0;
        for (var next = Array.IndexOf(bytes, (byte)'\n'); next >= 0; next = Array.IndexOf(bytes, (byte)'\n', good))
        {
            try
            {
                values.Add(JsonSerializer.Deserialize<T>(bytes.AsSpan(good, next - good), Plain)!);
            }
            catch (JsonException)
            {
                break;
            }

            good = next + 1;
        }

        await using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength(good);
        return values;
    }
}
