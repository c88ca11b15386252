namespace Murano.LocalHost;

/// <summary>Finds the clone that the running program was built in.</summary>
public static class RepositoryFolder
{
    /// <summary>The nearest folder upwards that holds package.json and host.json; the current folder when there is none.</summary>
    public static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "package.json")) && File.Exists(Path.Combine(folder.FullName, "host.json")))
            {
                return folder.FullName;
            }
        }

        return Directory.GetCurrentDirectory();
    }
}
