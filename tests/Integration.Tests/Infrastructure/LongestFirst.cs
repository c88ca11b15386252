using Murano.Integration.Tests.ConsolePage;
using Murano.Integration.Tests.Devices;
using Murano.Integration.Tests.Infrastructure;
using Murano.Integration.Tests.ManagementApi;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Classes that take minutes, and wait more than they work, begin first: at the end they would leave the machine idle. The others follow in the usual order.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // The last one lets the browser begin, when one of the others is through: until then unit tests keep the processors busy, and afterwards storage alone would not.
    private static readonly string[] Names = [.. Array.ConvertAll([typeof(JobTests), typeof(ConnectorDeletionTests), typeof(ConsistencyTests), typeof(JobKillTests)], type => type.FullName!), nameof(ConsoleNamesTests)];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName))];

    private static int Place(string collection) =>
        Array.FindIndex(Names, name => collection.Contains(name, StringComparison.Ordinal)) is var place and >= 0 ? place : Names.Length;
}
