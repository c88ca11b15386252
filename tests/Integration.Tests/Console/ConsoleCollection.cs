namespace Murano.Integration.Tests.ConsolePage;

/// <summary>Runs when all other tests are through: a browser on a busy machine says nothing about the page.</summary>
[CollectionDefinition(nameof(ConsoleTests), DisableParallelization = true)]
public sealed class ConsoleCollection;
