using System.Text.Json;

namespace Murano.Shared.Realtime;

/// <summary>Hears what comes from the groups of a hub. Its members are called on the connection's own task: they must return at once and never throw.</summary>
internal interface IHubListener
{
    /// <summary>A message to a group.</summary>
    /// <param name="group">The group.</param>
    /// <param name="data">Its JSON, valid during the call only.</param>
    void Received(string group, JsonElement data);

    /// <summary>The connection is lost: from now on, until a group is joined anew, messages may be missed.</summary>
    void Lost();

    /// <summary>A group is heard again, or at last, after messages to it may have been missed.</summary>
    /// <param name="group">The group.</param>
    void Regained(string group);
}
