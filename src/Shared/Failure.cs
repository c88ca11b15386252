namespace Murano.Shared;

/// <summary>Why something that was asked for is not done: a closed family, one kind for each way in which a caller would act.</summary>
/// <param name="Reason">Stable word for programs and for the live log, e.g. <c>locked</c>.</param>
/// <param name="Detail">One short sentence for a person; never holds a secret.</param>
public abstract record Failure(string Reason, string Detail)
{
    /// <summary>The credential is missing, unknown, revoked, or its holder may not be heard (locked).</summary>
    public sealed record Unauthorized(string Reason, string Detail) : Failure(Reason, Detail);

    /// <summary>The caller is known, but this is not for them.</summary>
    public sealed record Forbidden(string Reason, string Detail) : Failure(Reason, Detail);

    /// <summary>The thing does not exist, or the caller may not learn that it does.</summary>
    public sealed record NotFound(string Reason, string Detail) : Failure(Reason, Detail);

    /// <summary>The input breaks a rule; sending it again unchanged cannot help.</summary>
    /// <param name="Reason">See <see cref="Failure"/>.</param>
    /// <param name="Field">Where in the input, e.g. an alias or a path such as <c>auth.type</c>; empty for the whole.</param>
    /// <param name="Detail">See <see cref="Failure"/>.</param>
    public sealed record Rejected(string Reason, string Field, string Detail) : Failure(Reason, Detail);

    /// <summary>The input is larger than a limit.</summary>
    public sealed record TooLarge(string Reason, string Detail) : Failure(Reason, Detail);

    /// <summary>The present state of the thing does not allow this.</summary>
    public sealed record Conflict(string Reason, string Detail) : Failure(Reason, Detail);

    /// <summary>The caller asks too often.</summary>
    public sealed record TooMany(string Reason, string Detail, TimeSpan RetryAfter) : Failure(Reason, Detail);

    /// <summary>Storage, or too many concurrent writers, kept us from doing it; nothing is known to be stored.</summary>
    public sealed record Busy(string Reason, string Detail, TimeSpan RetryAfter) : Failure(Reason, Detail);
}
