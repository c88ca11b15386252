namespace Murano.Shared.Content;

/// <summary>Refusals that concern files.</summary>
internal static class ContentFailures
{
    /// <summary>There is no such file, or it is another device's.</summary>
    public static Failure Unknown { get; } = new Failure.NotFound("unknown-content", "There is no such file.");

    /// <summary>The id cannot be one.</summary>
    public static Failure BadId { get; } = new Failure.Rejected("bad-content-id", "id", "The id is missing, too long, or holds what it must not.");

    /// <summary>The MIME type cannot be one.</summary>
    public static Failure BadType { get; } = new Failure.Rejected("bad-content-type", "Content-Type", "The Content-Type is not a MIME type.");

    /// <summary>The file is too large.</summary>
    public static Failure TooLarge { get; } = new Failure.TooLarge("content-too-large", $"A file has less than {ContentLimits.TooManyBytes} bytes.");

    /// <summary>The instance takes no more uploads at once.</summary>
    public static Failure TooManyUploads { get; } = new Failure.Busy("too-many-uploads", "Too many files are being uploaded at once. Try again later.", TimeSpan.FromSeconds(5));

    /// <summary>The bytes are not those that were announced.</summary>
    public static Failure OtherBytes { get; } = new Failure.Rejected("wrong-sha256", "", "The SHA-256 of the file is not the one that was announced. The old file, if any, is still there.");

    /// <summary>A device's file is not an operator's to upload.</summary>
    public static Failure DevicesOwn { get; } = new Failure.Rejected("device-file", "", "Ids under device2/ are files that devices upload themselves.");

    /// <summary>The cursor of a list was not given out by one.</summary>
    public static Failure BadCursor { get; } = new Failure.Rejected("bad-parameter", "", "cursor must be that of a page before.");

    /// <summary>Somebody else finished an upload of the same id meanwhile, and storage threw away what had arrived of this one.</summary>
    public static Failure Overtaken { get; } = new Failure.Busy("content-overtaken", "Another upload of this file came between. Try again.", TimeSpan.FromSeconds(1));
}
