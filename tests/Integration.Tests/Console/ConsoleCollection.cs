namespace Murano.Integration.Tests.ConsolePage;

/// <summary>Runs when all other tests are through: what is measured on a busy machine says nothing about the page.</summary>
[CollectionDefinition(nameof(ConsoleTests), DisableParallelization = true)]
public sealed class ConsoleCollection;
