using Murano.Shared.Access;
using Murano.Shared.Tags;

namespace Murano.Shared.Storage;

/// <summary>Work that must be finished, whoever began it.</summary>
internal sealed record TodoItem
{
    /// <summary>How much later work is due that goes on in the next run. Rows have their due time in whole seconds, and this one is to be another.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(1);

    /// <summary>What is to be done.</summary>
    public TodoKind Kind { get; init; } = TodoKind.Repair;

    /// <summary>When the sweeper may take it: long after the request that began it has ended.</summary>
    public required DateTimeOffset Due { get; init; }

    /// <summary>The operation; also stamped on the header that it writes.</summary>
    public required string OperationId { get; init; }

    /// <summary>The device, for a repair, a delivery, and what concerns its presence.</summary>
    public DeviceKey Device { get; init; }

    /// <summary>How often a delivery was tried by the sweeper.</summary>
    public int Attempts { get; init; }

    /// <summary>The devices whose windows pass, with the end of each in µs.</summary>
    public IReadOnlyList<(DeviceKey Device, long Expire)> Windows { get; init; } = [];

    /// <summary>The devices of a batch.</summary>
    public IReadOnlyList<BatchDevice> Devices { get; init; } = [];

    /// <summary>What other work is about: a connector, a day, or a group of connections.</summary>
    public string Subject { get; init; } = "";

    /// <summary>Credentials that the operation makes or unmakes, by hash and id: those whose rows it answers for, and no others.</summary>
    public IReadOnlyList<(string Hash, CredentialId Id)> Credentials { get; init; } = [];

    /// <summary>Tags that the operation adds or removes: those whose index rows it answers for, and no others.</summary>
    public IReadOnlyList<Tag> Tags { get; init; } = [];

    /// <summary>Mark of the device's row in <c>recency</c> before the operation; empty = it had none; null = the operation does not concern it.</summary>
    public string? Listed { get; init; }

    /// <summary>Whether the row that <see cref="Listed"/> says may be missing.</summary>
    public bool MayBeUnlisted { get; private init; }

    /// <summary>What it is about, for logs.</summary>
    public string Target => Kind switch
    {
        TodoKind.Repair or TodoKind.Deliver or TodoKind.Presence => Device.Partition,
        TodoKind.Expire => FormattableString.Invariant($"{Windows.Count} windows from that of {Windows[0].Device.Partition} on"),
        TodoKind.Batch => FormattableString.Invariant($"{Devices.Count} devices from {Devices[0].Device.Partition} on"),
        _ => Subject,
    };

    /// <summary>The repairs that the work consists of, one for each device.</summary>
    public IEnumerable<TodoItem> Repairs => Kind == TodoKind.Batch ? Devices.Select(one => this with { Kind = TodoKind.Repair, Device = one.Device, Tags = one.Tags, Devices = [], Listed = one.Listed, MayBeUnlisted = true }) : [this];
}
