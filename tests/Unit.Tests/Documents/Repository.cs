namespace Murano.Unit.Tests.Documents;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    // What .gitignore keeps out, and the checkout's own administration.
    private static readonly HashSet<string> Foreign = new(StringComparer.Ordinal) { "bin", "obj", "node_modules", "dist", ".dist-next", ".dist-last", ".build-lock", "schema.ts", "TestResults", "local.settings.json", ".git", ".azure", ".local", ".vs", ".idea" };

    /// <summary>Full path of a file of the checkout.</summary>
    public static string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>Text of a file of the checkout.</summary>
    public static string Read(string file) => File.ReadAllText(PathOf(file));

    /// <summary>A path as it is written in documents: from the root of the checkout, with slashes.</summary>
    public static string NameOf(string path) => Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Source files below a folder, in order, without build output.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(PathOf(folder), pattern, SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(Foreign.Contains))
            .Order(StringComparer.Ordinal);

    /// <summary>Fails unless the file holds the text; with MURANO_WRITE_DOCS=1 writes it.</summary>
    public static void Expect(string file, string text)
    {
        if (Environment.GetEnvironmentVariable("MURANO_WRITE_DOCS") is "1")
        {
            File.WriteAllText(PathOf(file), text);
        }

        Assert.True(File.Exists(PathOf(file)) && string.Equals(Read(file), text, StringComparison.Ordinal), $"{file} is out of date: run the tests once with MURANO_WRITE_DOCS=1.");
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Murano.Serverless.sln")) ? folder : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside a checkout."));
}
