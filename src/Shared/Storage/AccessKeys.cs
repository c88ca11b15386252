using System.Globalization;
using System.Security.Cryptography;
using Murano.Shared.Access;

namespace Murano.Shared.Storage;

/// <summary>Keys of table <c>access</c>.</summary>
internal static class AccessKeys
{
    /// <summary>The partition of operators' keys; the row is the key's id.</summary>
    public const string Key = "key";

    /// <summary>The partition of sessions.</summary>
    public const string Session = "session";

    /// <summary>The partition of what concerns storage as a whole.</summary>
    public const string Schema = "schema";

    /// <summary>The row with the schema's version.</summary>
    public const string Version = "version";

    /// <summary>The partition of keys that sign addresses.</summary>
    public const string Signing = "signing";

    /// <summary>The row of the one that signs addresses of files.</summary>
    public const string Content = "content";

    private const string Audit = "audit!";
    private const string DayFormat = "yyyy-MM-dd";

    /// <summary>The row of a session: the key, the end in seconds, then the token's hash, so that the ended ones of a key come first.</summary>
    public static string SessionRow(SessionToken token) => $"{FirstSession(token.Key, token.End)}!{token.Hash}";

    /// <summary>First row that a session of a key may have.</summary>
    public static string FirstSession(OperatorKeyId key) => $"{key}{KeyCodec.Separator}";

    /// <summary>First row of a key's sessions that end at a time, seconds since the Unix epoch, or later.</summary>
    public static string FirstSession(OperatorKeyId key, long end) => string.Create(CultureInfo.InvariantCulture, $"{key}{KeyCodec.Separator}{end:D12}");

    /// <summary>First row after a key's sessions.</summary>
    public static string AfterSessions(OperatorKeyId key) => $"{key}{KeyCodec.AfterSeparator}";

    /// <summary>The partition of a day's audit entries.</summary>
    public static string AuditDay(DateOnly day) => Audit + DayText(day);

    /// <summary>A day as it stands in keys.</summary>
    public static string DayText(DateOnly day) => day.ToString(DayFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="DayText"/> wrote.</summary>
    public static bool TryParseDay(string? text, out DateOnly day) => DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>A new row for an audit entry, newest first: what is left of the largest number after the µs, then something random.</summary>
    public static string NewAuditRow(long at) => $"{FirstAuditRow(at)}!{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>First row that an entry of this time, µs since the Unix epoch, may have.</summary>
    public static string FirstAuditRow(long at) => (long.MaxValue - at).ToString("D19", CultureInfo.InvariantCulture);
}
