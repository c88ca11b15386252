namespace Murano.Integration.Tests.Infrastructure;

/// <summary>A fresh folder that goes away with its owner.</summary>
public sealed class TemporaryFolder : IDisposable
{
    /// <summary>Where it is.</summary>
    public string Path { get; } = Directory.CreateTempSubdirectory("murano-test-").FullName;

    /// <summary>The path of a file in it.</summary>
    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>Whether nobody but its owner may read or write a file in it.</summary>
    public bool IsOwnersAlone(string file) =>
        OperatingSystem.IsWindows() || File.GetUnixFileMode(this[file]) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Path))
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
