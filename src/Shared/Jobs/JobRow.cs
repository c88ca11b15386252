using System.Text.Json.Serialization;
using Murano.Shared.Connectors;
using Murano.Shared.Identities;
using Murano.Shared.Tags;

namespace Murano.Shared.Jobs;

/// <summary>One identity of a job, as it is stored until the job has ended; what an import wants of it stands here. Never a token or password.</summary>
public sealed record JobRow
{
    /// <summary>The identity as it was written.</summary>
    public required string Identity { get; init; }

    /// <summary>Lock or unlock; null = leave it.</summary>
    public bool? Locked { get; init; }

    /// <summary>Let it activate once more; null = leave it.</summary>
    public bool? Reprovision { get; init; }

    /// <summary>End of the activation window, µs since the Unix epoch; null = leave it.</summary>
    public long? Expire { get; init; }

    /// <summary>Kind of credential; null = leave it.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<AuthType>))]
    public AuthType? AuthType { get; init; }

    /// <summary>A certificate in PEM; null = none is set.</summary>
    public string? Certificate { get; init; }

    /// <summary>Names of tags that have no other values than <see cref="Tags"/> says.</summary>
    public IReadOnlyList<string> TagNames { get; init; } = [];

    /// <summary>Tags that it is to have.</summary>
    public IReadOnlyList<JobTag> Tags { get; init; } = [];

    /// <summary>Why it cannot be done, a stable word; null = it can.</summary>
    public string? Reason { get; init; }

    /// <summary>The same as a sentence.</summary>
    public string? Message { get; init; }

    /// <summary>A row of an import.</summary>
    /// <returns>The row; Rejected for a token or password, which would have to be kept.</returns>
    internal static Outcome<JobRow> Of(string identity, IdentityChange change, TagEdit tags) =>
        change is { Key: not null, AuthType: not Connectors.AuthType.Certificate }
            ? new Failure.Rejected("secret-in-job", "auth.key", "A job stores its rows, so they carry no tokens and passwords. Set them one by one, or by a batch.")
            : new JobRow
            {
                Identity = identity,
                Locked = change.Locked,
                Reprovision = change.Reprovision,
                Expire = change.Expire,
                AuthType = change.AuthType,
                Certificate = change.Key,
                TagNames = [.. tags.Drop.Select(name => name.Value)],
                Tags = [.. tags.Add.Select(tag => new JobTag(tag.Name.Value, tag.Value.Value))],
            };

    /// <summary>A row that cannot be done.</summary>
    internal static JobRow Bad(string identity, Failure failure) => new() { Identity = identity, Reason = failure.Reason, Message = failure.Detail };

    /// <summary>A device in the shape of an import.</summary>
    internal static JobRow Of(Device device) => new()
    {
        Identity = device.Identity.Value,
        Locked = device.Locked,
        AuthType = device.AuthType,
        Expire = device.Expire,
        TagNames = [.. (device.Tags ?? []).Select(tag => tag.Name.Value).Distinct(StringComparer.Ordinal)],
        Tags = [.. (device.Tags ?? []).Select(tag => new JobTag(tag.Name.Value, tag.Value.Value))],
    };

    /// <summary>What it wants of the identity.</summary>
    internal IdentityChange ToChange() => new() { Locked = Locked, Reprovision = Reprovision, Expire = Expire, AuthType = AuthType, Key = Certificate };
}
