using System.Text.RegularExpressions;
using Murano.Functions.Console;

namespace Murano.Unit.Tests.Console;

/// <summary>The page as the build has put it beside the app.</summary>
public sealed partial class BuiltPageTests
{
    private const int MostBytes = 250 * 1024;

    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "console");

    private readonly ConsoleFiles _files = new();

    [Fact]
    public void The_first_screen_is_small_enough()
    {
        var first = Loaded().ToDictionary(name => name, name => (Asset(name).Gzip ?? Asset(name).Bytes).Length, StringComparer.Ordinal);

        Assert.Contains(first.Keys, name => name.EndsWith(".js", StringComparison.Ordinal));
        var bytes = System.Text.Encoding.UTF8.GetByteCount(_files.Page!) + first.Values.Sum();
        Assert.True(bytes <= MostBytes, $"{bytes} bytes: {string.Join(", ", first.Select(file => $"{file.Key} {file.Value}"))}");
    }

    [Fact]
    public void All_that_it_names_is_there()
    {
        var named = Address().Matches(_files.Page!).Select(match => match.Groups[1].Value).Where(address => address is not "/docs").ToList();

        Assert.NotEmpty(named);
        Assert.All(named, address => Assert.StartsWith("/console/assets/", address, StringComparison.Ordinal));
        Assert.All(named, address => Assert.NotNull(_files.Find(address["/console/assets/".Length..])));
    }

    [Fact]
    public void It_holds_no_script_and_no_style_of_its_own_and_one_place_for_the_nonce()
    {
        Assert.Single(Placeholder().Matches(_files.Page!));
        Assert.Contains("""<meta name="csp-nonce" content="__NONCE__" />""", _files.Page, StringComparison.Ordinal);
        Assert.DoesNotMatch("<script(?![^>]* src=)", _files.Page);
        Assert.DoesNotMatch("<style|\\sstyle=|\\son[a-z]+=", _files.Page);
    }

    [Fact]
    public void Every_file_of_the_build_is_served()
    {
        var names = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Folder, file).Replace('\\', '/')).Where(name => name is not "index.html").ToList();

        Assert.NotEmpty(names);
        Assert.All(names, name => Assert.StartsWith("assets/", name, StringComparison.Ordinal));
        Assert.All(names, name => Assert.NotNull(_files.Find(name["assets/".Length..])));
        Assert.DoesNotContain(names, name => name.EndsWith(".map", StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_is_loaded_from_another_host()
    {
        var texts = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".html" or ".js" or ".css" or ".svg").Select(file => (Name: Path.GetFileName(file), Text: File.ReadAllText(file)));

        Assert.Empty(
            from file in texts
            from match in Loads().Matches(file.Text).Concat(SourceMap().Matches(file.Text))
            select $"{file.Name}: {match.Value}");
    }

    [Theory]
    [InlineData("""<link href="https://fonts.example.net/x.css">""")]
    [InlineData("@import 'https://example.net/x.css'")]
    [InlineData("@font-face{src:url(//example.net/x.woff2)}")]
    [InlineData("url(\"https://example.net/x.woff2\")")]
    [InlineData("fetch(`https://example.net`)")]
    [InlineData("import('https://example.net/x.js')")]
    [InlineData("new WebSocket(\"wss://example.net\")")]
    public void Such_would_be_found(string text) => Assert.Matches(Loads(), text);

    /// <summary>What a browser asks for before the page's program has done anything: its script, what that imports at once, and styles.</summary>
    private List<string> Loaded()
    {
        var found = Address().Matches(_files.Page!).Select(match => match.Groups[1].Value).Where(address => address.EndsWith(".js", StringComparison.Ordinal) || address.EndsWith(".css", StringComparison.Ordinal))
            .Select(address => address["/console/assets/".Length..]).Distinct(StringComparer.Ordinal).ToList();
        for (var i = 0; i < found.Count; i++)
        {
            if (found[i].EndsWith(".js", StringComparison.Ordinal))
            {
                found.AddRange(Imported().Matches(System.Text.Encoding.UTF8.GetString(Asset(found[i]).Bytes)).Select(match => match.Groups[1].Value).Where(name => !found.Contains(name, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal));
            }
        }

        return found;
    }

    private Murano.Functions.Assets.Asset Asset(string name) => _files.Find(name) ?? throw new InvalidOperationException($"There is no {name}.");

    [GeneratedRegex("(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Address();

    [GeneratedRegex("__NONCE__")]
    private static partial Regex Placeholder();

    // import{a}from"./b.js" and import"./b.js", but not import("./b.js"), which comes later.
    [GeneratedRegex("(?:\\bfrom|\\bimport)\\s*[\"'`]\\./([^\"'`]+\\.js)[\"'`]")]
    private static partial Regex Imported();

    [GeneratedRegex("(?:(?:href|src|action)=|@import|url\\(|\\bimport\\(?|\\bfrom|\\bfetch\\(|\\bWebSocket\\(|\\bEventSource\\(|\\bsendBeacon\\()\\s*[\"'`]?(?:(?:https?|wss?):)?//[^/\\s]", RegexOptions.IgnoreCase)]
    private static partial Regex Loads();

    [GeneratedRegex("[#@]\\s*sourceMappingURL=\\S+")]
    private static partial Regex SourceMap();
}
