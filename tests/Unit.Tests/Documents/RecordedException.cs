namespace Murano.Unit.Tests.Documents;

/// <summary>A request was recorded instead of being sent.</summary>
public sealed class RecordedException : Exception
{
    /// <summary>A recorded request.</summary>
    public RecordedException()
        : base("The request was recorded.")
    {
    }

    /// <inheritdoc/>
    public RecordedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public RecordedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
