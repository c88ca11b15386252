namespace Murano.Shared.Access;

/// <summary>Who may make and revoke which keys: nobody gives more than they have, and somebody must be left who can give.</summary>
internal static class OperatorKeyRules
{
    /// <summary>There is no such key, or it is not within the caller's scope.</summary>
    public static Failure Unknown { get; } = new Failure.NotFound("unknown-key-id", "There is no such key.");

    /// <summary>Why <paramref name="maker"/> may not make the key; null when they may.</summary>
    public static Failure? WhyNotMake(OperatorSession maker, NewOperatorKey wanted, long now)
    {
        if (wanted.Expires > 0 && wanted.Expires <= now)
        {
            return new Failure.Rejected("bad-expiry", "expires", "expires must be in the future.");
        }

        return wanted.Role > maker.Role ? new Failure.Forbidden("role", "Nobody can give a higher role than they have.")
            : !maker.MaySee(wanted.Connectors) ? new Failure.Forbidden("scope", "Nobody can give access to connectors that they have no access to.")
            : maker.Expires > 0 && (wanted.Expires == 0 || wanted.Expires > maker.Expires) ? new Failure.Forbidden("expiry", "Nobody can give a longer time than they have.")
            : null;
    }

    /// <summary>Whether a key may manage all the others: when it is lost and no other such key is left, only the recovery key helps.</summary>
    public static bool IsFullAdmin(OperatorKey key, long now) => key is { Role: OperatorRole.Admin, Connectors: null } && (key.Expires == 0 || key.Expires > now);
}
