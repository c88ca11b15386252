namespace Murano.LocalHost;

/// <summary>The app cannot start or go on; the message is one sentence that says why and what to do.</summary>
public sealed class LocalHostException : Exception
{
    /// <summary>A reason without a cause that would add anything.</summary>
    public LocalHostException(string message)
        : base(message)
    {
    }

    /// <summary>A reason with the exception that led to it.</summary>
    public LocalHostException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
