namespace Murano.LocalHost.WebPubSub;

/// <summary>What a client may do with groups: the roles of its token and what was granted to it since.</summary>
internal sealed class HubPermissions(IEnumerable<string> roles)
{
    /// <summary>Joining and leaving groups.</summary>
    public const string JoinLeave = "joinLeaveGroup";

    /// <summary>Sending to groups.</summary>
    public const string Send = "sendToGroup";

    private const string Prefix = "webpubsub.";

    private readonly HashSet<string> _roles = [.. roles];

    /// <summary>Whether it may.</summary>
    /// <param name="permission">One of the constants.</param>
    /// <param name="group">The group; null = all of them.</param>
    public bool Has(string permission, string? group)
    {
        lock (_roles)
        {
            return _roles.Contains(Prefix + permission) || (group is not null && (_roles.Contains($"{Prefix}{permission}.{group}") || _roles.Any(role => IsOf(role, permission, group))));
        }
    }

    /// <summary>Grants it.</summary>
    public void Grant(string permission, string? group)
    {
        lock (_roles)
        {
            _roles.Add(RoleOf(permission, group));
        }
    }

    /// <summary>Takes it back.</summary>
    public void Revoke(string permission, string? group)
    {
        lock (_roles)
        {
            _roles.Remove(RoleOf(permission, group));
        }
    }

    private static string RoleOf(string permission, string? group) => group is null ? Prefix + permission : $"{Prefix}{permission}.{group}";

    // Roles of patterns are called by the plural, and end in an asterisk.
    private static bool IsOf(string role, string permission, string group)
    {
        var plural = $"{Prefix}{permission}s.";
        return role.StartsWith(plural, StringComparison.Ordinal)
            && (role.EndsWith('*') ? group.StartsWith(role[plural.Length..^1], StringComparison.Ordinal) : group.Equals(role[plural.Length..], StringComparison.Ordinal));
    }
}
