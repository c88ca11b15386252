namespace Murano.Shared.Events;

/// <summary>What happened to a device (specification d).</summary>
public enum EventType
{
    /// <summary>It got its credential, by itself or from an operator.</summary>
    Provisioned,

    /// <summary>It was heard after it had not been online.</summary>
    Connect,

    /// <summary>It is no longer online.</summary>
    Disconnect,

    /// <summary>It wrote or recorded values, of defined aliases or others.</summary>
    DataIn,

    /// <summary>The cloud set values.</summary>
    DataOut,

    /// <summary>It published to a topic of its own: MQTT only, so it does not happen here yet.</summary>
    Publish,

    /// <summary>It uploaded a file.</summary>
    ContentIn,

    /// <summary>It was deleted.</summary>
    Deleted,

    /// <summary>Its window for activation has passed.</summary>
    Expired,
}
