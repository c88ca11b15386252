namespace Murano.Unit.Tests.Infrastructure;

/// <summary>The tests that share one compilation of infra/.</summary>
[CollectionDefinition(Name)]
public sealed class InfraTests : ICollectionFixture<InfraFixture>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "infra";
}
