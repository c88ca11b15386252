namespace Murano.Shared.Storage;

/// <summary>The row of a device that orders its events. It exists from the first event on, outlives lock and revoke, and a delete until all is delivered. Every change is under its ETag.</summary>
internal sealed record EventsHead
{
    /// <summary>The device.</summary>
    public required DeviceKey Key { get; init; }

    /// <summary>The row's ETag as it was read or written; null = the row does not exist yet.</summary>
    public string? ETag { get; init; }

    /// <summary>Of the newest event, µs or more; 0 = there was none yet.</summary>
    public long Sequence { get; init; }

    /// <summary>Of the newest event that needs no more delivery. Equal to <see cref="Sequence"/>: nothing is left.</summary>
    public long Delivered { get; init; }

    /// <summary>The device's tags, as <see cref="TagKeys.ListText"/> has them; null = not known here, the rows of tags have to be asked.</summary>
    public string? Tags { get; init; }

    /// <summary>The connection that the device has; empty = it is not connected.</summary>
    public string Connection { get; init; } = "";

    /// <summary>Until when nobody but <see cref="ClaimedBy"/> may deliver, µs; 0 or past = it is open.</summary>
    public long ClaimedUntil { get; init; }

    /// <summary>Who delivers.</summary>
    public string ClaimedBy { get; init; } = "";

    /// <summary>The operation that added the newest event: a lost reply is told from a lost race by it.</summary>
    public string OperationId { get; init; } = "";

    /// <summary>The end of the activation window whose passing was told last, µs.</summary>
    public long ExpiryTold { get; init; }

    /// <summary>When work falls due that the sweeper noted for what is left, µs; 0 or past = none.</summary>
    public long GuardedUntil { get; init; }

    /// <summary>Whether events wait.</summary>
    public bool HasMore => Delivered < Sequence;

    /// <summary>Whether somebody may take the delivery at a moment.</summary>
    public bool IsOpen(long now) => ClaimedUntil <= now;
}
