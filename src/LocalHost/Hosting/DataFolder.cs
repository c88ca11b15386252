using System.Globalization;
using System.Text.Json;
using Murano.Shared.Access;

namespace Murano.LocalHost.Hosting;

/// <summary>The folder for what outlives a run, ours alone until it is disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>Where it is.</summary>
    public string Path { get; }

    private string RunFile => this["run.json"];

    private string OperatorFile => this["operator.json"];

    /// <summary>The path of a file in it.</summary>
    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>Makes the folder when it is missing, and takes it.</summary>
    /// <param name="setting">Its path; a relative one starts at the repository's root.</param>
    public static DataFolder Open(string setting)
    {
        var path = System.IO.Path.GetFullPath(setting, RepositoryFolder.Find());
        try
        {
            Directory.CreateDirectory(path);
            var folder = new DataFolder(path, Lock(System.IO.Path.Combine(path, "lock"), path));
            File.Delete(folder.RunFile); // of a run that was killed
            return folder;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LocalHostException($"The data folder {path} cannot be used: {fault.Message}", fault);
        }
    }

    /// <summary>The operator's key of an earlier run; null when there is none.</summary>
    public OperatorCredential? ReadOperator()
    {
        try
        {
            return File.Exists(OperatorFile) ? JsonSerializer.Deserialize<OperatorCredential>(File.ReadAllText(OperatorFile), Json) : null;
        }
        catch (JsonException fault)
        {
            throw new LocalHostException($"{OperatorFile} cannot be read ({fault.Message}): delete it to get a new operator key.", fault);
        }
    }

    /// <summary>Keeps the operator's key for later runs.</summary>
    public void WriteOperator(OperatorCredential credential) => SecretFile.Write(OperatorFile, JsonSerializer.Serialize(credential, Json));

    /// <summary>Says that the app is ready, and how to reach it.</summary>
    public void WriteRun(RunInfo run) => SecretFile.Write(RunFile, JsonSerializer.Serialize(run, Json));

    /// <summary>Says that the app is not ready any more.</summary>
    public void RemoveRun() => File.Delete(RunFile);

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string file, string folder)
    {
        var holder = System.IO.Path.Combine(folder, "lock.pid"); // not in the lock file itself: nobody can read that while it is held
        try
        {
            var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(holder, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return stream;
        }
        catch (IOException fault) when (File.Exists(holder))
        {
            throw new LocalHostException(
                $"The data folder {folder} is in use by process {File.ReadAllText(holder)}: stop that one first, or set LocalHost__DataFolder to another folder.", fault);
        }
    }
}
