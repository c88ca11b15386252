using System.Runtime.Loader;
using Murano.Unit.Tests.Documents;

namespace Murano.Unit.Tests.AzureBuild;

/// <summary>
/// official-signatures.tsv: of each type of Microsoft's that LocalHost stands in for, its kind and what it declares. The rows of the worker are read from the packages
/// (<see cref="PublishTests"/> holds them to that); those of Web PubSub, whose package the feed lacks, come from its public listing, which says nothing about null.
/// </summary>
internal static class OfficialSignatures
{
    /// <summary>The table, from the root of the checkout.</summary>
    public const string File = "tests/Unit.Tests/AzureBuild/official-signatures.tsv";

    private const string Listed = "Azure.";

    /// <summary>The rows: full name of the type, then what <see cref="Signature"/> writes.</summary>
    public static ILookup<string, string> Rows { get; } = Repository.Read(File).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).ToLookup(cells => cells[0], cells => cells[1], StringComparer.Ordinal);

    /// <summary>The rows of a type as it is declared here.</summary>
    public static IEnumerable<string> Of(Type type) => Signature.MembersOf(type).Prepend(Signature.Of(type)).Select(line => IsListed(type.FullName!) ? line.Replace("?", "", StringComparison.Ordinal) : line);

    /// <summary>Whether a type's rows come from a listing rather than from a package.</summary>
    public static bool IsListed(string type) => type.StartsWith(Listed, StringComparison.Ordinal);

    /// <summary>The table's rows of the worker, as the packages in a folder declare them.</summary>
    public static IReadOnlyList<string> Read(string folder)
    {
        var context = new AssemblyLoadContext("official", isCollectible: true);
        context.Resolving += (loader, name) => System.IO.File.Exists(Path.Combine(folder, name.Name + ".dll")) ? loader.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll")) : null;
        try
        {
            var wanted = Rows.Select(row => row.Key).Where(name => !IsListed(name)).ToHashSet(StringComparer.Ordinal);
            return
            [
                .. from file in Directory.EnumerateFiles(folder, "Microsoft.Azure.Functions.Worker*.dll").Order(StringComparer.Ordinal)
                   from type in context.LoadFromAssemblyPath(file).GetExportedTypes()
                   where wanted.Contains(type.FullName!)
                   from line in Of(type)
                   select $"{type.FullName}\t{line}",
            ];
        }
        finally
        {
            context.Unload();
        }
    }
}
