using Microsoft.Extensions.Logging;

namespace Murano.Functions.Telemetry;

/// <summary>Log lines for the exporters. Until they are attached, at the first request, there is nobody to take any.</summary>
[ProviderAlias("OpenTelemetry")]
internal sealed class ExportedLogs : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider? _scopes;
    private volatile ILoggerProvider? _taker;

    /// <summary>From now on lines go there.</summary>
    public void Attach(ILoggerProvider taker)
    {
        if (_scopes is { } scopes && taker is ISupportExternalScope scoped)
        {
            scoped.SetScopeProvider(scopes);
        }

        _taker = taker;
    }

    /// <summary>From now on lines go nowhere.</summary>
    public void Detach() => _taker = null;

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    /// <inheritdoc/>
    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    /// <inheritdoc/>
    public void Dispose() => Detach();

    private sealed class Logger(ExportedLogs logs, string category) : ILogger
    {
        private ILogger? _logger;

        private ILogger? Taker => logs._taker is { } taker ? _logger ??= taker.CreateLogger(category) : null;

        // The scopes are the factory's own.
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => Taker?.IsEnabled(logLevel) ?? false;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Taker?.Log(logLevel, eventId, state, exception, formatter);
    }
}
