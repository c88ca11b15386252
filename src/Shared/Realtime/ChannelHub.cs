namespace Murano.Shared.Realtime;

/// <summary>A hub of the channel: what is sent to one is not heard on the other.</summary>
public enum ChannelHub
{
    /// <summary>Instances tell each other of changes: hub <c>wake</c>.</summary>
    Wake,

    /// <summary>People watch devices: hub <c>log</c>.</summary>
    Log,
}
