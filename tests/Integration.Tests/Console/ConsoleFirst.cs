using Murano.Integration.Tests.ConsolePage;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(ConsoleFirst))]

namespace Murano.Integration.Tests.ConsolePage;

/// <summary>The browser begins first, because it takes longest.</summary>
public sealed class ConsoleFirst : ITestCollectionOrderer
{
    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => string.Equals(collection.TestCollectionDisplayName, nameof(ConsoleNamesTests), StringComparison.Ordinal))];
}
