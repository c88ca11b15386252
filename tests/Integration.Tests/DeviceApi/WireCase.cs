namespace Murano.Integration.Tests.DeviceApi;

/// <summary>A conversation on one connection, from a file <c>Wire/*.http.txt</c>; the format is described in <c>Wire/README.md</c>.</summary>
public sealed class WireCase
{
    private const string Marker = "--- ";
    private const string Extension = ".http.txt";

    private WireCase(IReadOnlyList<WireStep> steps, IReadOnlyList<string> lines) => (Steps, SpecLines) = (steps, lines);

    /// <summary>What happens, in order.</summary>
    public IReadOnlyList<WireStep> Steps { get; }

    /// <summary>The lines of the specification that the case covers, as <see cref="Murano.Tests.SpecAttribute"/> writes them.</summary>
    public IReadOnlyList<string> SpecLines { get; }

    /// <summary>Whether an operator changes the connector's settings in it.</summary>
    public bool ChangesSettings => Steps.Any(step => step.Kind is "operator" && step.Argument.Trim() is "PATCH");

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "DeviceApi", "Wire");

    /// <summary>Names of all cases.</summary>
    public static IEnumerable<string> Names() =>
        Directory.EnumerateFiles(Folder, "*" + Extension).Select(file => Path.GetFileName(file)[..^Extension.Length]).Order(StringComparer.Ordinal);

    /// <summary>Reads a case.</summary>
    public static async Task<WireCase> LoadAsync(string name) => Parse(await File.ReadAllTextAsync(Path.Combine(Folder, name + Extension), TestContext.Current.CancellationToken));

    /// <summary>Reads a case from its text.</summary>
    public static WireCase Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var steps = new List<WireStep>();
        var spec = new List<string>();
        string? head = null;
        var lines = new List<string>();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.StartsWith(Marker, StringComparison.Ordinal))
            {
                Take(head, lines, steps, spec);
                head = line[Marker.Length..].Trim();
                lines = [];
            }
            else
            {
                lines.Add(line);
            }
        }

        Take(head, lines, steps, spec);
        return new(steps, spec);
    }

    private static void Take(string? head, List<string> lines, List<WireStep> steps, List<string> spec)
    {
        if (head is null)
        {
            // Before the first marker: a sentence for people, and the lines of the specification.
            const string Spec = "spec:";
            spec.AddRange(lines.Where(line => line.StartsWith(Spec, StringComparison.Ordinal))
                .SelectMany(line => line[Spec.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
            return;
        }

        var blank = head.IndexOf(' ', StringComparison.Ordinal);
        var text = string.Join('\n', lines);
        steps.Add(new(blank < 0 ? head : head[..blank], blank < 0 ? "" : head[(blank + 1)..], text.EndsWith('\n') ? text[..^1] : text));
    }
}
