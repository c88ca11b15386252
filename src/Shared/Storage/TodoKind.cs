namespace Murano.Shared.Storage;

/// <summary>What a row of work asks for.</summary>
internal enum TodoKind
{
    /// <summary>Make what is derived from one device right, or finish its deletion.</summary>
    Repair,

    /// <summary>The same for devices that were made together.</summary>
    Batch,

    /// <summary>Finish the deletion of a connector.</summary>
    Connector,

    /// <summary>Remove a day's audit entries.</summary>
    Purge,

    /// <summary>Go on with a job, whose id is the operation's.</summary>
    Job,

    /// <summary>Deliver a device's events that are left.</summary>
    Deliver,

    /// <summary>Tell that a device is no longer connected, once it is not. The operation's id is the connection's.</summary>
    Presence,

    /// <summary>Tell that activation windows have passed.</summary>
    Expire,

    /// <summary>End the connections to the live log of an operator whose key or access token has ended.</summary>
    Viewers,
}
