using System.Globalization;
using System.Text;
using Murano.Integration.Tests.DeviceApi;

namespace Murano.Unit.Tests.Documents;

/// <summary>A wire case as a reader of docs/device-api.md sees it: its requests and replies byte for byte, with samples for what is not known beforehand.</summary>
internal static class WireExchange
{
    private const string Folder = "tests/Integration.Tests/DeviceApi/Wire/";
    private const string Fence = "```";

    // A longer body is cut: it is there for its size only.
    private const int LongestBody = 300;
    private const int ShownOfLongBody = 60;

    private static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["host"] = "acme0connector.m2.example.com",
        ["domain"] = "m2.example.com",
        ["connector"] = "acme0connector",
        ["identity"] = "sn-000000000001",
        ["fresh"] = "sn-000000000002",
        ["token"] = "{token}",
        ["new-token"] = "{token}",
        ["basic"] = "{base64 of : and token}",
        ["date"] = "Mon, 23 Nov 2026 12:00:00 GMT",
        ["seconds"] = "1795435200",
        ["next-second"] = "1795435201",
        ["sha256"] = "{SHA-256 of the file}",
    };

    /// <summary>All cases by name.</summary>
    public static IEnumerable<WireCase> All() => Repository.Files(Folder, "*.http.txt").Select(file => WireCase.Parse(File.ReadAllText(file)));

    /// <summary>A case by its name.</summary>
    public static WireCase Case(string name) => WireCase.Parse(Repository.Read($"{Folder}{name}.http.txt"));

    /// <summary>The case as Markdown.</summary>
    public static string Render(string name)
    {
        var text = new StringBuilder();
        foreach (var step in Case(name).Steps)
        {
            text.Append(Render(step)).Append('\n');
        }

        return text.ToString();
    }

    private static string Render(WireStep step) => step.Kind switch
    {
        "given" => $"The device has written `{Expand(step.Text)}` before.\n",
        "set" => $"The cloud has set `{Expand(step.Text)}` before.\n",
        "meanwhile" => $"While the request waits, the cloud sets `{Expand(step.Text)}`.\n",
        "operator" => $"An operator sends `{Expand(step.Argument)}` with `{Expand(step.Text)}`.\n",
        "reads" => step.Text.Length == 0 ? $"A read of `{step.Argument}` still gives nothing.\n" : $"A read of `{step.Argument}` gives `{step.Text}` from then on.\n",
        "content" => $"The connector holds the file `{Expand(step.Argument)}`:\n\n```text\n{Expand(step.Text)}\n```\n",
        "closed" => "The server closes the connection.\n",
        "request" or "reply" => Block(step),
        _ => throw new InvalidOperationException($"A document cannot show the step {step.Kind}."),
    };

    private static string Block(WireStep step)
    {
        var names = new Dictionary<string, string>(Samples, StringComparer.Ordinal);
        if (step.Argument.Length > 0)
        {
            names["length"] = "{length after compression}";
        }

        var bytes = new WireText(names).Request(step.Text).Replace("\r\n", "\n", StringComparison.Ordinal);
        var body = bytes.IndexOf("\n\n", StringComparison.Ordinal) + 2;
        if (bytes.Length - body > LongestBody)
        {
            bytes = string.Create(CultureInfo.InvariantCulture, $"{bytes.AsSpan(0, body + ShownOfLongBody)}... ({bytes.Length - body} bytes in all)");
        }

        Assert.DoesNotContain(bytes, c => c is not '\n' and (< ' ' or > '~'));
        return $"{Fence}http\n{bytes}{(bytes.EndsWith('\n') ? "" : "\n")}{Fence}\n";
    }

    private static string Expand(string text) => new WireText(new Dictionary<string, string>(Samples, StringComparer.Ordinal)).Expand(text);
}
