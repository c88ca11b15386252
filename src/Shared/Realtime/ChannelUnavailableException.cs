namespace Murano.Shared.Realtime;

/// <summary>Web PubSub did not do what it was asked for.</summary>
public sealed class ChannelUnavailableException : Exception
{
    /// <summary>Without a reason.</summary>
    public ChannelUnavailableException()
    {
    }

    /// <summary>With a reason.</summary>
    public ChannelUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a reason and its cause.</summary>
    public ChannelUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
