namespace Murano.Shared.Events;

/// <summary>What one transaction is to tell of, but for what only the head of the device's events knows.</summary>
internal sealed record EventChange
{
    /// <summary>What happened, in order; connection and tags are filled in.</summary>
    public IReadOnlyList<DeviceEvent> Happened { get; init; } = [];

    /// <summary>Whether a connection, if there is one, has ended: told before the rest.</summary>
    public bool Disconnects { get; init; }

    /// <summary>The connection by which it was decided that one begins or ends, empty for none: with another on the head nothing is committed. Null = whatever there is.</summary>
    public string? Connection { get; init; }

    /// <summary>When it ended, µs; 0 = now.</summary>
    public long DisconnectedAt { get; init; }

    /// <summary>Whether the device counted as online before, which tells the live log of a disconnect where no connections are kept.</summary>
    public bool WasOnline { get; init; }

    /// <summary>Whether a connection begins: told after the rest.</summary>
    public bool Connects { get; init; }

    /// <summary>Whether it is a request of the device's own, so that it is connected.</summary>
    public bool IsHeard { get; init; }

    /// <summary>Address of the device's request; empty when no request of the device is the cause.</summary>
    public string Address { get; init; } = "";

    /// <summary>Whether the transaction makes the device's header.</summary>
    public bool MakesDevice { get; init; }

    /// <summary>Whether the transaction carries the header under the ETag that was read.</summary>
    public bool HasHeader { get; init; }

    /// <summary>The tags as that header has them; null = it does not say.</summary>
    public string? Tags { get; init; }

    /// <summary>Whether the device is gone with it.</summary>
    public bool Leaves { get; init; }

    /// <summary>End of the activation window whose passing is told, µs; 0 = none is.</summary>
    public long ExpiryTold { get; init; }
}
