namespace Murano.Shared.Realtime;

/// <summary>The port to Web PubSub, as much of it as the product needs. All of it is best effort: who must not miss anything looks into storage.</summary>
public interface IChannel
{
    /// <summary>Sends JSON to all of a group; nobody in it is no error.</summary>
    /// <param name="hub">Which hub.</param>
    /// <param name="group">The group.</param>
    /// <param name="json">At most 1 MB.</param>
    /// <param name="except">A connection that is in the group and gets nothing; null = none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ChannelUnavailableException">It could not be sent.</exception>
    Task SendAsync(ChannelHub hub, string group, ReadOnlyMemory<byte> json, string? except, CancellationToken cancellationToken);

    /// <summary>An address with which a client connects (<c>wss</c>). It holds a token, so it is a secret.</summary>
    /// <param name="hub">Which hub.</param>
    /// <param name="groups">The groups that the client is in from the start.</param>
    /// <param name="joins">Whether it may join and leave groups; otherwise it receives only.</param>
    /// <param name="lifetime">How long it may connect with the address; a connection outlives it. Whole minutes, at least one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ChannelUnavailableException">None is to be had.</exception>
    Task<Uri> GetClientUriAsync(ChannelHub hub, IReadOnlyList<string> groups, bool joins, TimeSpan lifetime, CancellationToken cancellationToken);

    /// <summary>Ends all connections of a group.</summary>
    /// <param name="hub">Which hub.</param>
    /// <param name="group">The group.</param>
    /// <param name="reason">For the clients.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ChannelUnavailableException">It is not known whether they ended.</exception>
    Task CloseAsync(ChannelHub hub, string group, string reason, CancellationToken cancellationToken);
}
