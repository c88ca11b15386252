namespace Murano.LocalHost.WebPubSub;

/// <summary>What is sent to clients, in whichever way it came.</summary>
/// <param name="Type">How it is shown to them.</param>
/// <param name="Data">Of <see cref="MessageType.Json"/> the JSON text in UTF-8, of <see cref="MessageType.Text"/> the text in UTF-8, otherwise the bytes.</param>
/// <param name="Group">The group that it was sent to; null = from the server to a connection, a user or all.</param>
/// <param name="User">The user who sent it; null = the server, or one without a name.</param>
internal sealed record HubMessage(MessageType Type, ReadOnlyMemory<byte> Data, string? Group = null, string? User = null)
{
    /// <summary>Largest message in bytes.</summary>
    public const int MaxBytes = 1024 * 1024;
}
