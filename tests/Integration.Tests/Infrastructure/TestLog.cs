using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Murano.Integration.Tests.Infrastructure;

/// <summary>Keeps the log lines of an app, rendered with their exceptions and scopes, for tests to look for what must and must not be there.</summary>
public sealed class TestLog : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentQueue<string> _lines = new();
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <summary>What was logged so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>All lines as one text.</summary>
    public string Text => string.Join('\n', _lines);

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private sealed class Logger(TestLog log, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<object?>();
            log._scopes.ForEachScope((scope, all) => all.Add(Render(scope)), scopes);
            log._lines.Enqueue($"{logLevel} {category}[{eventId.Id}] {string.Join(" ", scopes)} {formatter(state, exception)} {exception}");
        }

        private static object? Render(object? scope) =>
            scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(", ", pairs.Select(pair => $"{pair.Key}={pair.Value}")) : scope;
    }
}
