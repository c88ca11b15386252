using System.ComponentModel.DataAnnotations;

namespace Murano.Shared.Events;

/// <summary>How events are delivered to the owner's code.</summary>
public sealed class EventOptions
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Events";

    /// <summary>Longest time for one attempt. 1 to 60 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = "Events:Timeout must be from 00:00:01 to 00:01:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an event is tried before it goes to the dead letters. 1 minute to 7 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00", ErrorMessage = "Events:KeepTrying must be from 00:01:00 to 7.00:00:00.")]
    public TimeSpan KeepTrying { get; set; } = TimeSpan.FromDays(1);

    /// <summary>When the timer takes over what a request left undelivered: longer than a request and its attempts take. 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Events:SweepAfter must be from 00:00:01 to 01:00:00.")]
    public TimeSpan SweepAfter { get; set; } = TimeSpan.FromMinutes(6);

    /// <summary>Whether destinations may have private and loopback addresses, and webhooks plain http: for development only.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Access key of the Event Grid topics; empty = the app's identity is shown to them.</summary>
    public string EventGridKey { get; set; } = "";
}
