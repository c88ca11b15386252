using System.Security.Cryptography;
using System.Text.Json;

namespace Murano.Admin.Files;

/// <summary>A folder of this program: one run at a time works in it, its files are for its owner alone, and what has a name is whole.</summary>
internal sealed class WorkFolder : IDisposable
{
    /// <summary>The file that says what the folder holds. It is written last: without it, the folder is not complete.</summary>
    public const string Manifest = "manifest.json";

    private const string Lock = ".lock";
    private const string Part = ".part";

    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => System.IO.Path.Combine(Path, name);

    /// <summary>Whether it has a manifest.</summary>
    public bool IsComplete => File.Exists(this[Manifest]);

    /// <summary>Opens a folder.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="isNew">Whether it may be made.</param>
    /// <exception cref="AdminException">It is not there, or another run is at work in it.</exception>
    public static WorkFolder Open(string path, bool isNew)
    {
        path = System.IO.Path.GetFullPath(path);
        if (!isNew && !Directory.Exists(path))
        {
            throw new AdminException($"There is no folder {path}.");
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        try
        {
            return new WorkFolder(path, new FileStream(System.IO.Path.Combine(path, Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
        }
        catch (IOException fault)
        {
            throw new AdminException($"Another run is at work in {path}: {fault.Message}", fault);
        }
    }

    /// <summary>Names of the files and folders in it that are not of this program's making.</summary>
    /// <param name="own">Names that are, finished or not.</param>
    public IReadOnlyList<string> Others(params IEnumerable<string> own)
    {
        var known = own.SelectMany(name => (string[])[name, name + Part]).Append(Lock).ToHashSet(StringComparer.Ordinal);
        return [.. Directory.EnumerateFileSystemEntries(Path).Select(entry => System.IO.Path.GetFileName(entry)).Where(name => !known.Contains(name)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Whether there is something in a file, or in what a run left of it that broke off.</summary>
    public bool HasSome(string name) => new FileInfo(this[name]) is { Exists: true, Length: > 0 } || new FileInfo(Unfinished(name)) is { Exists: true, Length: > 0 };

    /// <summary>Opens a file to write it anew. It appears under its name by <see cref="Finish"/>.</summary>
    public FileStream Begin(string name) => Create(name, FileMode.Create);

    /// <summary>Opens a file that an earlier run began, to go on with it at its end.</summary>
    public FileStream GoOn(string name) => Create(name, FileMode.Append);

    /// <summary>The path of a file that was begun and is not finished.</summary>
    public string Unfinished(string name) => this[name + Part];

    /// <summary>Gives a file that was begun its name.</summary>
    public void Finish(string name) => File.Move(this[name + Part], this[name], overwrite: true);

    /// <summary>Writes a file of JSON, whole or not at all.</summary>
    public async Task WriteJsonAsync<T>(string name, T value, CancellationToken cancellationToken)
    {
        await using (var file = Begin(name))
        {
            await JsonSerializer.SerializeAsync(file, value, JsonLines.Indented, cancellationToken);
        }

        Finish(name);
    }

    /// <summary>Reads a file of JSON.</summary>
    /// <exception cref="AdminException">It is not there, or damaged.</exception>
    public async Task<T> ReadJsonAsync<T>(string name, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(this[name]);
            return await JsonSerializer.DeserializeAsync<T>(file, JsonLines.Indented, cancellationToken) ?? throw new JsonException("It is empty.");
        }
        catch (Exception fault) when (fault is JsonException or FileNotFoundException)
        {
            throw new AdminException($"{this[name]} cannot be read: {fault.Message}", fault);
        }
    }

    /// <summary>SHA-256 of a file in hexadecimal digits; null when it is not there.</summary>
    public async Task<string?> HashAsync(string name, CancellationToken cancellationToken)
    {
        if (!File.Exists(this[name]))
        {
            return null;
        }

        await using var file = File.OpenRead(this[name]);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private FileStream Create(string name, FileMode mode)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(this[name + Part], options);
    }
}
