using System.Collections.Frozen;
using Murano.Functions.Assets;

namespace Murano.Functions.Console;

/// <summary>The files of the page, which the build puts beside the app. Each is read at its first request, and costs a start nothing.</summary>
public sealed class ConsoleFiles
{
    // What has no type here is not served: source maps, for one.
    private static readonly FrozenDictionary<string, string> Types = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".css"] = "text/css; charset=utf-8",
        [".gif"] = "image/gif",
        [".ico"] = "image/x-icon",
        [".jpg"] = "image/jpeg",
        [".js"] = "text/javascript; charset=utf-8",
        [".json"] = "application/json; charset=utf-8",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml; charset=utf-8",
        [".txt"] = "text/plain; charset=utf-8",
        [".wasm"] = "application/wasm",
        [".webp"] = "image/webp",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private readonly string _folder;
    private readonly Lazy<string?> _page;
    private readonly Lazy<FrozenDictionary<string, Lazy<Asset>>> _assets;

    /// <summary>The files beside the app, on each host.</summary>
    public ConsoleFiles()
        : this(Path.Combine(AppContext.BaseDirectory, "console"))
    {
    }

    /// <summary>The files of a folder.</summary>
    internal ConsoleFiles(string folder)
    {
        _folder = folder;

        // A failure is not kept: whoever asks next tries again.
        _page = new(ReadPage, LazyThreadSafetyMode.PublicationOnly);
        _assets = new(List, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>The page itself; null when there is none.</summary>
    internal string? Page => _page.Value;

    /// <summary>A file by its name, which is never used as a path: only what the folder listed is found.</summary>
    /// <returns>Null when there is none.</returns>
    internal Asset? Find(string name) => _assets.Value.TryGetValue(name, out var asset) ? asset.Value : null;

    private string? ReadPage()
    {
        var file = Path.Combine(_folder, "index.html");
        return File.Exists(file) ? File.ReadAllText(file) : null;
    }

    private FrozenDictionary<string, Lazy<Asset>> List()
    {
        var folder = new DirectoryInfo(Path.Combine(_folder, "assets"));
        return (folder.Exists ? folder.EnumerateFiles() : [])
            .Where(file => Types.ContainsKey(file.Extension))
            .ToFrozenDictionary(file => file.Name, file => new Lazy<Asset>(() => new(Types[file.Extension], File.ReadAllBytes(file.FullName)), LazyThreadSafetyMode.PublicationOnly), StringComparer.Ordinal);
    }
}
