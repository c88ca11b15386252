using System.ComponentModel.DataAnnotations;

namespace Murano.LocalHost;

/// <summary>The settings of LocalHost itself, section <see cref="Section"/>.</summary>
public sealed class LocalHostOptions
{
    /// <summary>Name of the section; environment variables are called <c>LocalHost__HttpPort</c> and so on.</summary>
    public const string Section = "LocalHost";

    /// <summary>Port for plain HTTP on 127.0.0.1, 0 to 65535; 0 takes any free one.</summary>
    [Range(0, 65535)]
    public int HttpPort { get; set; } = 7071;

    /// <summary>Port for HTTPS on 127.0.0.1, 0 to 65535; 0 takes any free one.</summary>
    [Range(0, 65535)]
    public int HttpsPort { get; set; } = 7443;

    /// <summary>Port of the emulator of Web PubSub on 127.0.0.1, 0 to 65535; 0 takes any free one. There is none when <c>WebPubSub__ConnectionString</c> is set.</summary>
    [Range(0, 65535)]
    public int WebPubSubPort { get; set; }

    /// <summary>Folder for everything that outlives a run. A relative path starts at the repository's root, outside a repository at the current folder.</summary>
    [Required]
    public string DataFolder { get; set; } = ".local";

    /// <summary>A reply that takes longer than this becomes a 502, as Azure's front end makes it after 230 s; up to a day, 0 waits for ever.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CutOff { get; set; } = TimeSpan.Zero;

    /// <summary>Largest request body in bytes; a larger one is answered with 500, as the platform's host does. 0 sets no limit of the host's own.</summary>
    [Range(0, long.MaxValue)]
    public long MaxRequestBodySize { get; set; } = 104_857_600;

    /// <summary>How long requests may take to end once the app is told to stop, 0 to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan ShutdownTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the storage emulator may take to start, and one of an earlier run to end; 1 second to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan StorageTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a timer function that runs renews its lease, which lasts 60 s; 0.1 to 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:30")]
    public TimeSpan TimerLeaseRenewal { get; set; } = TimeSpan.FromSeconds(20);
}
