using System.Collections.Concurrent;
using System.Net.WebSockets;

namespace Murano.LocalHost.WebPubSub;

/// <summary>Clients that reach each other by groups.</summary>
internal sealed class Hub
{
    /// <summary>How long a connection of the reliable protocol waits for a new socket.</summary>
    public static readonly TimeSpan RecoverWithin = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, HubConnection> _connections = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, HashSet<HubConnection>> _groups = new(StringComparer.Ordinal);

    /// <summary>All connections.</summary>
    public IEnumerable<HubConnection> Connections => _connections.Values;

    /// <summary>Adds a connection, with the groups of its token.</summary>
    public void Add(HubConnection connection, IEnumerable<string> groups)
    {
        _connections[connection.Id] = connection;
        foreach (var group in groups)
        {
            Join(group, connection);
        }
    }

    /// <summary>The connection; null when there is none.</summary>
    public HubConnection? Find(string id) => _connections.GetValueOrDefault(id);

    /// <summary>Forgets a connection.</summary>
    public void Remove(HubConnection connection)
    {
        _connections.TryRemove(connection.Id, out _);
        LeaveAll(connection);
    }

    /// <summary>Adds a connection to a group; it may be in it already.</summary>
    public void Join(string group, HubConnection connection)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(group, out var members))
            {
                _groups[group] = members = [];
            }

            members.Add(connection);
        }
    }

    /// <summary>Takes a connection out of a group; it need not be in it.</summary>
    public void Leave(string group, HubConnection connection)
    {
        lock (_gate)
        {
            if (_groups.TryGetValue(group, out var members) && members.Remove(connection) && members.Count == 0)
            {
                _groups.Remove(group);
            }
        }
    }

    /// <summary>Takes a connection out of all groups.</summary>
    public void LeaveAll(HubConnection connection)
    {
        lock (_gate)
        {
            foreach (var (group, members) in _groups.ToArray())
            {
                if (members.Remove(connection) && members.Count == 0)
                {
                    _groups.Remove(group);
                }
            }
        }
    }

    /// <summary>Who is in a group; a group exists while somebody is.</summary>
    public IReadOnlyList<HubConnection> MembersOf(string group)
    {
        lock (_gate)
        {
            return _groups.TryGetValue(group, out var members) ? [.. members] : [];
        }
    }

    /// <summary>The connections of a user.</summary>
    public IReadOnlyList<HubConnection> ConnectionsOf(string user) => [.. Connections.Where(connection => user.Equals(connection.User, StringComparison.Ordinal))];

    /// <summary>Sends a message to some, except those named.</summary>
    public static Task SendAsync(IEnumerable<HubConnection> targets, HubMessage message, IReadOnlyCollection<string> excluded) =>
        Task.WhenAll(targets.Where(target => !excluded.Contains(target.Id, StringComparer.Ordinal)).Select(target => target.SendAsync(message)));

    /// <summary>Ends connections, except those named. They are gone at once.</summary>
    public void Close(IEnumerable<HubConnection> targets, string? reason, IReadOnlyCollection<string> excluded)
    {
        foreach (var target in targets.Where(target => !excluded.Contains(target.Id, StringComparer.Ordinal)))
        {
            Remove(target);
            target.Close(WebSocketCloseStatus.NormalClosure, reason ?? "ClosedByAppServer");
        }
    }
}
