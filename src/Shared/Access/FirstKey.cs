namespace Murano.Shared.Access;

/// <summary>
/// The key with which an operator begins in Azure: whoever deploys makes up its secret and gives the app its hash. It is stored as any other key as soon as storage is
/// set up, and where there is a key already it is not made.
/// </summary>
internal static class FirstKey
{
    /// <summary>Its name, and that of the key that LocalHost makes.</summary>
    public const string Name = "admin";

    private const string IdText = "firstkey0000";

    /// <summary>The id that stands in its secret.</summary>
    public static OperatorKeyId Id { get; } = OperatorKeyId.TryParse(IdText, out var id) ? id : throw new InvalidOperationException("The first key's id is none.");

    /// <summary>The key; null when the settings name none.</summary>
    /// <param name="options">The settings.</param>
    /// <param name="now">When it is made, in µs.</param>
    public static OperatorKey? Of(AccessOptions options, long now) => options.FirstKeyHash.Length > 0
        ? new OperatorKey { Id = Id, Name = Name, Role = OperatorRole.Admin, Created = now, Hash = options.FirstKeyHash.ToLowerInvariant() }
        : null;
}
