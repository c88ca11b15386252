using System.Reflection;

namespace Murano.Unit.Tests.Documents;

/// <summary>The assemblies that the documents are about.</summary>
internal static class Product
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Assembly> Assemblies { get; } = [Assembly.Load("Murano.Shared"), Assembly.Load("Murano.Functions"), Assembly.Load("Murano.LocalHost")];

    /// <summary>The settings of all options classes, in order of their names.</summary>
    public static IReadOnlyList<ProductOption> Options { get; } =
    [
        .. Assemblies
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal) && type.GetField("Section") is { IsLiteral: true })
            .SelectMany(ProductOption.Of)
            .OrderBy(option => option.Key, StringComparer.Ordinal),
    ];
}
