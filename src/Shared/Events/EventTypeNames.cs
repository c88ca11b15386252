namespace Murano.Shared.Events;

/// <summary>Words for types of events (specification c.4, d).</summary>
internal static class EventTypeNames
{
    /// <summary>The type that a word means; null = none.</summary>
    public static EventType? Read(string word) => word switch
    {
        "provisioned" => EventType.Provisioned,
        "connect" => EventType.Connect,
        "disconnect" => EventType.Disconnect,
        "data_in" => EventType.DataIn,
        "data_out" => EventType.DataOut,
        "publish" => EventType.Publish,
        "content_in" => EventType.ContentIn,
        "deleted" => EventType.Deleted,
        "expired" => EventType.Expired,
        _ => null,
    };

    /// <summary>The word for a type.</summary>
    public static string Of(EventType type) => type switch
    {
        EventType.Provisioned => "provisioned",
        EventType.Connect => "connect",
        EventType.Disconnect => "disconnect",
        EventType.DataIn => "data_in",
        EventType.DataOut => "data_out",
        EventType.Publish => "publish",
        EventType.ContentIn => "content_in",
        EventType.Deleted => "deleted",
        EventType.Expired => "expired",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };
}
