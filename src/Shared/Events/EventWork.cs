using Murano.Shared.Connectors;
using Murano.Shared.Storage;

namespace Murano.Shared.Events;

/// <summary>One change of a device and what it tells of, across all its tries.</summary>
/// <param name="connector">Whose, with the settings that the change goes by.</param>
/// <param name="device">The device.</param>
/// <param name="isWatched">Whether somebody watches the live log.</param>
/// <param name="began">When the change began, as the clock's timestamp.</param>
internal sealed class EventWork(Connector connector, DeviceKey device, bool isWatched, long began)
{
    /// <summary>Whose device it is.</summary>
    public Connector Connector => connector;

    /// <summary>The device.</summary>
    public DeviceKey Device => device;

    /// <summary>Whether somebody watches the live log.</summary>
    public bool IsWatched => isWatched;

    /// <summary>When the change began, as the clock's timestamp: requests wait for deliveries until some time after it.</summary>
    public long Began => began;

    /// <summary>Names the change on the head of the device's events; of a connection that it begins, also that.</summary>
    public string OperationId { get; } = Storage.OperationId.New();

    /// <summary>Whether it is noted that the end of the connection is to be told.</summary>
    public bool IsPresenceNoted { get; set; }

    /// <summary>What the last try was to tell, as long as it is not known whether it was stored; null = nothing.</summary>
    public IReadOnlyList<DeviceEvent>? Sent { get; set; }

    /// <summary>Whether it is known to have taken the claim.</summary>
    public bool HasClaimed { get; set; }

    /// <summary>The first pass of the delivery that the change began.</summary>
    public Task Delivery { get; set; } = Task.CompletedTask;
}
