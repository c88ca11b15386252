namespace Murano.Shared.Storage;

/// <summary>Keys of table <c>access</c>.</summary>
internal static class AccessKeys
{
    /// <summary>The partition of operators' keys; the row is the key's id.</summary>
    public const string Key = "key";

    /// <summary>The partition of what concerns storage as a whole.</summary>
    public const string Schema = "schema";

    /// <summary>The row with the schema's version.</summary>
    public const string Version = "version";
}
