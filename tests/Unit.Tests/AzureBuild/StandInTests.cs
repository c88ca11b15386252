using Microsoft.Azure.Functions.Worker.Builder;

namespace Murano.Unit.Tests.AzureBuild;

/// <summary>What LocalHost declares in Microsoft's name is declared as Microsoft does it: the same functions are compiled against both.</summary>
public sealed class StandInTests
{
    private static readonly Type[] StandIns =
    [
        .. typeof(FunctionsApplication).Assembly.GetExportedTypes()
            .Where(type => type.Namespace!.StartsWith("Microsoft.", StringComparison.Ordinal) || type.Namespace.StartsWith("Azure.", StringComparison.Ordinal))
            .OrderBy(type => type.FullName, StringComparer.Ordinal),
    ];

    [Fact]
    public void Each_stands_for_an_official_type() => Assert.Equal(OfficialSignatures.Rows.Select(row => row.Key).Order(StringComparer.Ordinal), StandIns.Select(type => type.FullName!), StringComparer.Ordinal);

    [Fact]
    public void Each_declares_what_the_official_type_does_and_nothing_else() => Assert.Empty(
        from type in StandIns
        from line in OfficialSignatures.Of(type)
        where !OfficialSignatures.Rows[type.FullName!].Contains(line, StringComparer.Ordinal)
        select $"{type.FullName}: {line}");

    [Fact]
    public void Each_is_of_the_official_kind() => Assert.All(StandIns, type => Assert.Equal(OfficialSignatures.Rows[type.FullName!].First(), Signature.Of(type)));

    [Fact]
    public void A_deviation_would_be_seen()
    {
        Assert.Equal(["(string name, int count = 3, params string?[] rest)", "static void Run(System.Threading.CancellationToken token = default)", "string? Name { get; }"], Signature.MembersOf(typeof(Sample)), StringComparer.Ordinal);
        Assert.Equal("sealed class : System.Attribute on Method, AllowMultiple True", Signature.Of(typeof(Sample)));
    }

    [AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
    private sealed class Sample : Attribute
    {
        public Sample(string name, int count = 3, params string?[] rest) => Name = rest.Length > count ? null : name;

        public string? Name { get; }

        public static void Run(CancellationToken token = default) => token.ThrowIfCancellationRequested();
    }
}
