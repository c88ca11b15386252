namespace Murano.Shared.Access;

/// <summary>
/// The way back after the last admin's key is lost: whoever may change the app's settings puts the hash of a secret there that they made up, and is let in with it.
/// Nothing about it is stored, and it ends with the setting.
/// </summary>
internal static class RecoveryKey
{
    private const string Name = "recovery";
    private const string IdText = "recoverykey0";

    /// <summary>The id that stands in its secret.</summary>
    public static OperatorKeyId Id { get; } = OperatorKeyId.TryParse(IdText, out var id) ? id : throw new InvalidOperationException("The recovery key's id is none.");

    /// <summary>The key; null when the settings name none.</summary>
    public static OperatorKey? Of(AccessOptions options) => options.RecoveryKeyHash.Length > 0
        ? new OperatorKey { Id = Id, Name = Name, Role = OperatorRole.Admin, Hash = options.RecoveryKeyHash.ToLowerInvariant() }
        : null;
}
